variable "name" {
  description = "Prefix of every name this module gives. Two deployments in one account and region need different ones."
  type        = string
  default     = "sluice"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,29}[a-z0-9]$", var.name))
    error_message = "name is \"${var.name}\"; it takes 2 to 31 lower-case letters, digits and inner hyphens, a letter first."
  }
}

variable "function_zip" {
  description = "Path of function.zip, the one artefact of all functions. ./sluice package builds it and prints the path."
  type        = string

  validation {
    condition     = endswith(var.function_zip, ".zip") && fileexists(var.function_zip)
    error_message = "function_zip is \"${var.function_zip}\", and there is no such zip file. Build it with ./sluice package, which prints its path."
  }
}

variable "pipelines" {
  description = "Pipelines by name. Each is a pipeline file, and when to run it; see \"A pipeline\" below."
  type = map(object({
    file                    = string
    schedule                = optional(string)
    timezone                = optional(string, "UTC")
    flexible_window_minutes = optional(number, 0)
    enabled                 = optional(bool, true)
    tables                  = optional(list(string), [])
    max_lag_seconds         = optional(number)
  }))

  validation {
    condition     = length(var.pipelines) > 0
    error_message = "pipelines is empty; give at least one, such as { acme-github = { file = \"$${path.module}/pipelines/acme-github.yaml\", schedule = \"rate(15 minutes)\" } }."
  }

  validation {
    condition     = alltrue([for key in keys(var.pipelines) : can(regex("^[A-Za-z0-9_-]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$", key))])
    error_message = "A pipeline's name is also a schedule's and a folder's: 1 to 64 letters, digits, '_', '-' and inner dots. Not so: ${join(", ", [for key in keys(var.pipelines) : key if !can(regex("^[A-Za-z0-9_-]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$", key))])}."
  }

  validation {
    # The functions may create schedules of these names, see policies.tf.
    condition     = alltrue([for key in keys(var.pipelines) : !startswith(key, "sluice-")])
    error_message = "Names of pipelines do not begin with \"sluice-\", which is for the schedules that the functions create. Rename: ${join(", ", [for key in keys(var.pipelines) : key if startswith(key, "sluice-")])}."
  }

  validation {
    condition     = alltrue([for pipeline in values(var.pipelines) : fileexists(pipeline.file)])
    error_message = "No such pipeline file: ${join(", ", [for pipeline in values(var.pipelines) : pipeline.file if !fileexists(pipeline.file)])}. Write the path like \"$${path.module}/pipelines/NAME.yaml\"."
  }

  validation {
    condition     = alltrue([for pipeline in values(var.pipelines) : can(keys(yamldecode(file(pipeline.file)))) if fileexists(pipeline.file)])
    error_message = "Not a YAML mapping: ${join(", ", [for pipeline in values(var.pipelines) : pipeline.file if fileexists(pipeline.file) && !can(keys(yamldecode(file(pipeline.file))))])}. ./sluice check -p FILE names the line."
  }

  validation {
    condition = alltrue([
      for pipeline in values(var.pipelines) : pipeline.schedule == null || can(regex("^(rate\\([1-9][0-9]* (minutes?|hours?|days?)\\)|cron\\([0-9A-Z*?,/#-]+( [0-9A-Z*?,/#-]+){5}\\))$", pipeline.schedule))
    ])
    error_message = "A schedule is rate(15 minutes) or, with six fields, cron(0 6 * * ? *). Neither: ${join(", ", [for key, pipeline in var.pipelines : "${key} has ${jsonencode(pipeline.schedule)}" if pipeline.schedule != null && !can(regex("^(rate\\([1-9][0-9]* (minutes?|hours?|days?)\\)|cron\\([0-9A-Z*?,/#-]+( [0-9A-Z*?,/#-]+){5}\\))$", pipeline.schedule))])}."
  }

  validation {
    condition     = alltrue([for pipeline in values(var.pipelines) : pipeline.flexible_window_minutes >= 0 && pipeline.flexible_window_minutes <= 1440 && floor(pipeline.flexible_window_minutes) == pipeline.flexible_window_minutes])
    error_message = "flexible_window_minutes is a whole number from 0 (start on time) to 1440."
  }

  validation {
    condition     = alltrue([for pipeline in values(var.pipelines) : pipeline.max_lag_seconds == null ? true : pipeline.max_lag_seconds >= 60 && pipeline.max_lag_seconds <= 604800])
    error_message = "max_lag_seconds is from 60 to 604800, which is as far as an alarm of CloudWatch looks back. Leave it out for no alarm."
  }

  validation {
    condition = alltrue([
      for pipeline in values(var.pipelines) : try(
        pipeline.max_lag_seconds > 60 * pipeline.flexible_window_minutes + tonumber(regex("^rate\\(([0-9]+) ", pipeline.schedule)[0]) * { minute = 60, hour = 3600, day = 86400 }[regex("(minute|hour|day)s?\\)$", pipeline.schedule)[0]],
        true
      )
    ])
    error_message = "max_lag_seconds is longer than the time between two runs, flexible_window_minutes included, or every pause would be an alarm."
  }
}

variable "secret_arns" {
  description = "ARNs of secrets by the name that pipeline files use, for secrets that the same configuration creates. Any other name is looked up, its value never."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for arn in values(var.secret_arns) : can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+-[A-Za-z0-9]{6}$", arn))])
    error_message = "secret_arns takes whole ARNs of secrets, with the six characters that Secrets Manager adds at the end. It never takes a secret's value."
  }
}

variable "secret_kms_key_arns" {
  description = "KMS keys of your own that encrypt those secrets and parameters. None are needed for the keys that AWS manages."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.secret_kms_key_arns : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", arn))])
    error_message = "secret_kms_key_arns takes ARNs of keys, such as arn:aws:kms:eu-west-1:123456789012:key/...; IAM does not know keys by their alias."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of every role, where your account asks for one."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn is the ARN of an IAM policy, such as arn:aws:iam::123456789012:policy/boundary."
  }
}

variable "tags" {
  description = "Tags of everything that takes tags, beside the provider's default_tags."
  type        = map(string)
  default     = {}
}
