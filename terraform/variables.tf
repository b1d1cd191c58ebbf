# ---------------------------------------------------------------------------------------------------------------------
# What is deployed
# ---------------------------------------------------------------------------------------------------------------------

variable "name" {
  description = "Prefix of all names. Two deployments in one account and region need different ones."
  type        = string
  default     = "sluice"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,29}[a-z0-9]$", var.name))
    error_message = "name is \"${var.name}\"; it takes 2 to 31 lower-case letters, digits and inner hyphens, a letter first."
  }
}

variable "function_zip" {
  description = "Path of function.zip, as ./sluice package prints it; or give function_object."
  type        = string
  default     = null

  validation {
    condition     = var.function_zip == null ? true : endswith(var.function_zip, ".zip") && fileexists(var.function_zip)
    error_message = <<-EOT
      function_zip is "${coalesce(var.function_zip, "null")}", and there is no such zip file.
      Build it with ./sluice package, which prints its path.
    EOT
  }
}

variable "function_object" {
  description = "function.zip in a bucket of the same region: { bucket, key, version }."
  type = object({
    bucket  = string
    key     = string
    version = optional(string)
  })
  default = null

  validation {
    condition     = (var.function_object == null) != (var.function_zip == null)
    error_message = "Give function_zip, the path of function.zip, or function_object, where it lies in S3: one of the two."
  }

  validation {
    condition = var.function_object == null ? true : (
      can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.function_object.bucket))
      && can(regex("^[^/].*\\.zip$", var.function_object.key)) && var.function_object.version != ""
    )
    error_message = <<-EOT
      function_object takes the name of a bucket, the key of a .zip in it and, where the bucket keeps versions, one of them:
      { bucket = "acme-artifacts", key = "sluice/function.zip", version = "3HL4kqtJlcpXroDTDmJ" }.
    EOT
  }
}

variable "pipelines" {
  description = "Pipelines by name; see \"A pipeline\" above."
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
    error_message = <<-EOT
      pipelines is empty; give at least one, such as
      { acme-github = { file = "$${path.module}/pipelines/acme-github.yaml", schedule = "rate(15 minutes)" } }.
    EOT
  }

  validation {
    condition     = alltrue([for key in keys(var.pipelines) : can(regex("^[\\w-]([\\w.-]{0,62}[\\w-])?$", key))])
    error_message = <<-EOT
      A pipeline's name is also a schedule's and a folder's: 1 to 64 letters, digits, '_', '-' and inner dots.
      Not so: ${join(", ", [for key in keys(var.pipelines) : key if !can(regex("^[\\w-]([\\w.-]{0,62}[\\w-])?$", key))])}.
    EOT
  }

  validation {
    # The functions may create schedules of these names, see policies.tf.
    condition     = alltrue([for key in keys(var.pipelines) : !startswith(key, "sluice-")])
    error_message = <<-EOT
      Names of pipelines do not begin with "sluice-", which is for the schedules that the functions create.
      Rename: ${join(", ", [for key in keys(var.pipelines) : key if startswith(key, "sluice-")])}.
    EOT
  }

  validation {
    condition     = alltrue([for pipeline in values(var.pipelines) : fileexists(pipeline.file)])
    error_message = <<-EOT
      No such pipeline file: ${join(", ", [for pipeline in values(var.pipelines) : pipeline.file if !fileexists(pipeline.file)])}.
      Write the path like "$${path.module}/pipelines/NAME.yaml".
    EOT
  }

  validation {
    condition = alltrue([
      for pipeline in values(var.pipelines) : can(keys(yamldecode(file(pipeline.file)))) if fileexists(pipeline.file)
    ])
    error_message = <<-EOT
      Not a YAML mapping: ${join(", ", [for entry in values(var.pipelines) : entry.file if !can(keys(yamldecode(file(entry.file))))])}.
      ./sluice check -p FILE names the line.
    EOT
  }

  validation {
    condition = alltrue([
      for pipeline in values(var.pipelines) : pipeline.schedule == null || can(regex(
        "^(rate\\([1-9][0-9]* (minutes?|hours?|days?)\\)|cron\\([0-9A-Z*?,/#-]+( [0-9A-Z*?,/#-]+){5}\\))$", pipeline.schedule
      ))
    ])
    error_message = <<-EOT
      A schedule is rate(15 minutes) or, with six fields, cron(0 6 * * ? *). One of these is neither:
      ${jsonencode({ for key, pipeline in var.pipelines : key => pipeline.schedule if pipeline.schedule != null })}.
    EOT
  }

  validation {
    condition = alltrue([
      for minutes in values(var.pipelines)[*].flexible_window_minutes : minutes >= 0 && minutes <= 1440 && floor(minutes) == minutes
    ])
    error_message = "flexible_window_minutes is a whole number from 0 (start on time) to 1440."
  }

  validation {
    condition = alltrue([
      for seconds in values(var.pipelines)[*].max_lag_seconds : seconds == null ? true : seconds >= 60 && seconds <= 604800
    ])
    error_message = "max_lag_seconds is from 60 to 604800, which is as far as an alarm of CloudWatch looks back. Leave it out for no alarm."
  }

  validation {
    condition = alltrue([
      for pipeline in values(var.pipelines) : try(
        pipeline.max_lag_seconds > 60 * pipeline.flexible_window_minutes
        + tonumber(regex("^rate\\(([0-9]+) ", pipeline.schedule)[0])
        * { minute = 60, hour = 3600, day = 86400 }[regex("(minute|hour|day)s?\\)$", pipeline.schedule)[0]],
        true
      )
    ])
    error_message = <<-EOT
      max_lag_seconds is longer than the time between two runs, flexible_window_minutes included, or every pause would be an alarm.
    EOT
  }
}

variable "secret_arns" {
  description = "ARNs of secrets that the same configuration creates, by their names in the files."
  type        = map(string)
  default     = {}

  validation {
    condition = alltrue([
      for arn in values(var.secret_arns) : can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+-[A-Za-z0-9]{6}$", arn))
    ])
    error_message = <<-EOT
      secret_arns takes whole ARNs of secrets, with the six characters that Secrets Manager adds at the end.
      It never takes a secret's value.
    EOT
  }
}

variable "secret_kms_key_arns" {
  description = "KMS keys of your own that encrypt those secrets and parameters."
  type        = list(string)
  default     = []

  validation {
    condition = alltrue([
      for arn in var.secret_kms_key_arns : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", arn))
    ])
    error_message = <<-EOT
      secret_kms_key_arns takes ARNs of keys, such as arn:aws:kms:eu-west-1:123456789012:key/...; IAM does not know keys by their alias.
    EOT
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of every role, where your account asks for one."
  type        = string
  default     = null

  validation {
    condition = var.permissions_boundary_arn == null ? true : can(
      regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary_arn)
    )
    error_message = "permissions_boundary_arn is the ARN of an IAM policy, such as arn:aws:iam::123456789012:policy/boundary."
  }
}

variable "policy_statements" {
  description = "What the functions that sync may do besides; see \"What the functions may do\"."
  type = map(object({
    effect     = optional(string, "Allow")
    actions    = list(string)
    resources  = list(string)
    conditions = optional(map(map(list(string))), {})
  }))
  default = {}

  validation {
    condition = alltrue([
      for sid, statement in var.policy_statements : can(regex("^[A-Za-z0-9]+$", sid)) && contains(["Allow", "Deny"], statement.effect)
    ])
    error_message = "policy_statements are named by a Sid of letters and digits, such as ReadRules, and their effect is Allow or Deny."
  }

  validation {
    condition = alltrue(flatten([
      for statement in values(var.policy_statements) : [
        length(statement.actions) > 0 && length(statement.resources) > 0,
        [for action in statement.actions : can(regex("^[a-z0-9-]+:[A-Za-z]+\\*?$", action))],
        [for resource in statement.resources : resource == "*" || startswith(resource, "arn:")],
      ]
    ]))
    error_message = <<-EOT
      policy_statements takes actions of a service, such as sts:AssumeRole or s3:Get* but neither * nor s3:*, and ARNs of resources;
      a bare * is for actions that know no resources.
    EOT
  }
}

variable "tags" {
  description = "Tags of everything that takes tags, beside the provider's default_tags."
  type        = map(string)
  default     = {}
}

# ---------------------------------------------------------------------------------------------------------------------
# Functions
# ---------------------------------------------------------------------------------------------------------------------

variable "runtime" {
  description = "Lambda's Java runtime. java25 needs a provider that knows it."
  type        = string
  default     = "java21"

  validation {
    condition     = contains(["java21", "java25"], var.runtime)
    error_message = "runtime is \"${var.runtime}\"; the functions run on java21 and java25."
  }
}

variable "architecture" {
  description = "Processor of the functions. arm64 costs less; x86_64 is what the tests run on."
  type        = string
  default     = "x86_64"

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture is \"${var.architecture}\"; Lambda has x86_64 and arm64."
  }
}

variable "memory_mb" {
  description = "Memory of each function in MB. 1769 MB come with one whole processor."
  type        = number
  default     = 1024

  validation {
    condition     = var.memory_mb >= 512 && var.memory_mb <= 10240 && floor(var.memory_mb) == var.memory_mb
    error_message = "memory_mb is ${var.memory_mb}; it takes a whole number from 512, what a sync needs, to 10240."
  }
}

variable "timeout_seconds" {
  description = "Longest run of a function in seconds. A run stops before it, with its progress saved."
  type        = number
  default     = 900

  validation {
    condition     = var.timeout_seconds >= 60 && var.timeout_seconds <= 900 && floor(var.timeout_seconds) == var.timeout_seconds
    error_message = "timeout_seconds is ${var.timeout_seconds}; it takes a whole number from 60 to 900, Lambda's limit."
  }
}

variable "ephemeral_storage_mb" {
  description = "Size of /tmp in MB, where a microbatch is spooled before it is written."
  type        = number
  default     = 512

  validation {
    condition     = var.ephemeral_storage_mb >= 512 && var.ephemeral_storage_mb <= 10240
    error_message = "ephemeral_storage_mb is ${var.ephemeral_storage_mb}; it takes 512 to 10240."
  }
}

variable "snap_start" {
  description = "Start functions from a snapshot of the started process."
  type        = bool
  default     = true

  validation {
    condition     = !var.snap_start || var.ephemeral_storage_mb == 512
    error_message = <<-EOT
      SnapStart works with an ephemeral_storage_mb of 512 only. Set snap_start = false, or leave ephemeral_storage_mb out.
    EOT
  }
}

variable "vpc" {
  description = "Where the functions run: { subnet_ids, security_group_ids }; see \"In a VPC\"."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default = null

  validation {
    condition = var.vpc == null ? true : (
      length(var.vpc.subnet_ids) > 0 && alltrue([for id in var.vpc.subnet_ids : can(regex("^subnet-[0-9a-f]+$", id))])
    )
    error_message = "vpc.subnet_ids takes at least one identifier of a subnet, such as subnet-0a1b2c3d. For no VPC, leave vpc out."
  }

  validation {
    condition = var.vpc == null ? true : (
      length(var.vpc.security_group_ids) > 0 && alltrue([for id in var.vpc.security_group_ids : can(regex("^sg-[0-9a-f]+$", id))])
    )
    error_message = "vpc.security_group_ids takes at least one identifier of a security group, such as sg-0a1b2c3d."
  }
}

variable "java_tool_options" {
  description = "JVM flags (JAVA_TOOL_OPTIONS), in place of the default ones in functions.tf."
  type        = string
  default     = null

  validation {
    condition     = var.java_tool_options == null ? true : !can(regex("(?i)(password|secret|token)=", var.java_tool_options))
    error_message = <<-EOT
      java_tool_options looks as if it held a secret, and everybody who may see the function would see it.
      Secrets are references in the pipeline file.
    EOT
  }
}

variable "reserved_concurrency" {
  description = "Most runs at once by function: { event-sync = 4 }. Taken from the account's limit."
  type        = map(number)
  default     = {}

  validation {
    condition = alltrue([
      for key, limit in var.reserved_concurrency : contains(["scheduled-sync", "event-sync"], key) && limit >= 1 && floor(limit) == limit
    ])
    error_message = <<-EOT
      reserved_concurrency takes whole numbers from 1 for scheduled-sync and event-sync. To pause a pipeline, set its enabled = false.
    EOT
  }

  validation {
    # Lambda's pollers do not know the reservation: what they take beyond it is throttled, and counts as tried.
    condition = var.event_concurrency == null ? true : (
      lookup(var.reserved_concurrency, "event-sync", 1000000) >= var.event_concurrency * (var.resume == "delayed" ? 2 : 1)
    )
    error_message = <<-EOT
      reserved_concurrency lets event-sync run fewer times at once than event_concurrency takes messages for, from
      ${var.resume == "delayed" ? "two queues" : "one queue"}. Messages would be throttled and go to the dead-letter queue.
      Raise the one or lower the other.
    EOT
  }
}

variable "async_retries" {
  description = "How often Lambda repeats a failed invocation of a schedule: 0, 1 or 2."
  type        = number
  default     = 1

  validation {
    condition     = contains([0, 1, 2], var.async_retries)
    error_message = "async_retries is ${var.async_retries}; Lambda takes 0, 1 or 2."
  }
}

variable "alias_versions" {
  description = "Pins a function's alias to a published version: { scheduled-sync = \"12\" }."
  type        = map(string)
  default     = {}

  validation {
    condition = alltrue([
      for key, version in var.alias_versions : contains(["scheduled-sync", "event-sync"], key) && can(regex("^[1-9][0-9]*$", version))
    ])
    error_message = <<-EOT
      alias_versions takes numbers of published versions for scheduled-sync and event-sync, such as { scheduled-sync = "12" }.
    EOT
  }
}

variable "tracing" {
  description = "Trace invocations with X-Ray, whose actions the roles may then take on all resources."
  type        = bool
  default     = false
}

# ---------------------------------------------------------------------------------------------------------------------
# Storage
# ---------------------------------------------------------------------------------------------------------------------

variable "bucket_name" {
  description = "Bucket of the lake. Pipeline files name it as their destination, so you choose it."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = <<-EOT
      bucket_name is "${var.bucket_name}"; it takes 3 to 63 lower-case letters, digits and inner hyphens, and no dots, which break TLS.
    EOT
  }
}

variable "create_bucket" {
  description = "Whether to create the bucket. false: its encryption, lifecycle and policy are yours."
  type        = bool
  default     = true
}

variable "lake_mover_arns" {
  description = "Roles and users that may copy a lake into the bucket; see \"Written once\"."
  type        = list(string)
  default     = []

  validation {
    condition = alltrue([
      for arn in var.lake_mover_arns : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+$", arn))
    ])
    error_message = <<-EOT
      lake_mover_arns takes ARNs of roles and users, without wildcards, such as arn:aws:iam::123456789012:role/migration.
      For an assumed role, give the role's own ARN.
    EOT
  }
}

variable "deployer_arns" {
  description = "Roles and users that may write pipeline files. Without a value whoever applies."
  type        = list(string)
  default     = []

  validation {
    condition = alltrue([
      for arn in var.deployer_arns : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(root|(role|user)/[A-Za-z0-9+=,.@_/-]+)$", arn))
    ])
    error_message = <<-EOT
      deployer_arns takes ARNs of roles and users, without wildcards, such as arn:aws:iam::123456789012:role/deployment.
      For an assumed role, give the role's own ARN.
    EOT
  }
}

variable "config_prefix" {
  description = "Folder of the pipeline files in the bucket. Without a value .sluice/NAME/pipelines."
  type        = string
  default     = null

  validation {
    condition     = var.config_prefix == null ? true : can(regex("^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$", var.config_prefix))
    error_message = <<-EOT
      config_prefix is "${coalesce(var.config_prefix, "null")}"; write it like .sluice/acme/pipelines, without a slash at either end.
    EOT
  }
}

variable "kms_key_arn" {
  description = "KMS key of your own for bucket, table and queues, in place of those of AWS."
  type        = string
  default     = null

  validation {
    condition = var.kms_key_arn == null ? true : can(
      regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.kms_key_arn)
    )
    error_message = <<-EOT
      kms_key_arn is the ARN of a key, such as arn:aws:kms:eu-west-1:123456789012:key/...; IAM does not know keys by their alias.
    EOT
  }
}

variable "bucket_kms_key_arn" {
  description = "KMS key of the bucket, where it is another one than kms_key_arn."
  type        = string
  default     = null

  validation {
    condition = var.bucket_kms_key_arn == null ? true : can(
      regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.bucket_kms_key_arn)
    )
    error_message = <<-EOT
      bucket_kms_key_arn is the ARN of a key, such as arn:aws:kms:eu-west-1:123456789012:key/...; IAM does not know keys by their alias.
    EOT
  }
}

variable "bucket_versioning" {
  description = "Keep what is deleted or replaced in a created bucket for noncurrent_days."
  type        = bool
  default     = true
}

variable "noncurrent_days" {
  description = "Days that deleted and replaced objects can be brought back, and are paid for."
  type        = number
  default     = 30

  validation {
    condition     = var.noncurrent_days >= 1 && floor(var.noncurrent_days) == var.noncurrent_days
    error_message = "noncurrent_days is ${var.noncurrent_days}; it takes a whole number of days from 1."
  }
}

variable "force_destroy_bucket" {
  description = "Let terraform destroy delete a created bucket that still holds data."
  type        = bool
  default     = false
}

variable "deletion_protection" {
  description = "Refuse to delete the checkpoint table. To destroy the deployment, apply false first."
  type        = bool
  default     = true
}

# ---------------------------------------------------------------------------------------------------------------------
# Triggers
# ---------------------------------------------------------------------------------------------------------------------

variable "event_sync" {
  description = "Deploy event-sync and its queue. fan_out and resume = \"delayed\" deploy them anyway."
  type        = bool
  default     = false
}

variable "event_senders" {
  description = "ARNs of EventBridge rules that may send to the queue nudges."
  type        = list(string)
  default     = []

  validation {
    condition = alltrue([
      for arn in var.event_senders : can(regex("^arn:[a-z-]+:events:[a-z0-9-]+:[0-9]{12}:rule/[A-Za-z0-9._/-]+$", arn))
    ])
    error_message = "event_senders takes ARNs of rules, such as arn:aws:events:eu-west-1:123456789012:rule/issue-changed."
  }

  validation {
    condition     = length(var.event_senders) == 0 || var.event_sync || var.fan_out || var.resume == "delayed"
    error_message = "event_senders name who may send to the queue nudges, and there is no such queue. Set event_sync = true."
  }
}

variable "fan_out" {
  description = "Let scheduled-sync queue one nudge a table, so that event-sync syncs them in parallel."
  type        = bool
  default     = false

  validation {
    condition     = !(var.fan_out && var.resume == "off")
    error_message = <<-EOT
      fan_out with resume "off" would leave a table that needs several runs in its queue for hours between them.
      Use scheduled or delayed.
    EOT
  }
}

variable "resume" {
  description = "How a run that had to stop goes on: off, delayed or scheduled; see \"Resumption\"."
  type        = string
  default     = "scheduled"

  validation {
    condition     = contains(["off", "delayed", "scheduled"], var.resume)
    error_message = "resume is \"${var.resume}\"; it takes off, delayed or scheduled."
  }
}

variable "resume_limit" {
  description = "Most resumptions in a row before a run waits for its schedule."
  type        = number
  default     = 20

  validation {
    condition     = var.resume_limit >= 1 && var.resume_limit <= 1000 && floor(var.resume_limit) == var.resume_limit
    error_message = "resume_limit is ${var.resume_limit}; it takes a whole number from 1 to 1000. For none, set resume = \"off\"."
  }
}

variable "schedule_retry" {
  description = "How often, and for how many seconds, a schedule tries to hand its event to Lambda."
  type = object({
    attempts    = optional(number, 3)
    age_seconds = optional(number, 3600)
  })
  default = {}

  validation {
    condition = (
      var.schedule_retry.attempts >= 0 && var.schedule_retry.attempts <= 185
      && var.schedule_retry.age_seconds >= 60 && var.schedule_retry.age_seconds <= 21600
    )
    error_message = <<-EOT
      schedule_retry takes attempts from 0 to 185 and age_seconds from 60 to 21600, which is as long as Lambda keeps an event.
    EOT
  }
}

variable "event_polling" {
  description = "Let event-sync take messages from its queues. false: they wait, for four days."
  type        = bool
  default     = true
}

variable "event_batch_size" {
  description = "Messages that event-sync takes at once. Without a value 1 with fan_out, and 10 else."
  type        = number
  default     = null

  validation {
    condition = var.event_batch_size == null || try(
      var.event_batch_size >= 1 && var.event_batch_size <= 10 && floor(var.event_batch_size) == var.event_batch_size, false
    )
    error_message = "event_batch_size is ${coalesce(var.event_batch_size, 0)}; a FIFO queue gives 1 to 10."
  }
}

variable "event_concurrency" {
  description = "Most runs of event-sync at once from each queue. From 2; null is Lambda's own limit."
  type        = number
  default     = null

  validation {
    condition     = var.event_concurrency == null ? true : var.event_concurrency >= 2 && var.event_concurrency <= 1000
    error_message = <<-EOT
      event_concurrency is from 2, the least that Lambda takes, to 1000. For less, list fewer tables in fan-out or set fan_out = false.
    EOT
  }
}

variable "event_attempts" {
  description = "How often a nudge is tried before it goes to the dead-letter queue."
  type        = number
  default     = 5

  validation {
    condition     = var.event_attempts >= 1 && var.event_attempts <= 1000 && floor(var.event_attempts) == var.event_attempts
    error_message = "event_attempts is ${var.event_attempts}; it takes a whole number from 1 to 1000."
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# Logs, metrics and alarms
# ---------------------------------------------------------------------------------------------------------------------

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 30

  validation {
    condition = contains(
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days
    )
    error_message = <<-EOT
      log_retention_days is ${var.log_retention_days}; CloudWatch takes
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653.
    EOT
  }
}

variable "log_format" {
  description = "Format of the lines that Lambda itself logs, JSON or Text."
  type        = string
  default     = "JSON"

  validation {
    condition     = contains(["JSON", "Text"], var.log_format)
    error_message = "log_format is \"${var.log_format}\"; Lambda knows JSON and Text."
  }
}

variable "log_level" {
  description = "Least level of the functions' own lines: TRACE, DEBUG, INFO, WARN or ERROR."
  type        = string
  default     = "INFO"

  validation {
    condition     = contains(["TRACE", "DEBUG", "INFO", "WARN", "ERROR"], var.log_level)
    error_message = "log_level is \"${var.log_level}\"; it takes TRACE, DEBUG, INFO, WARN or ERROR."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key of your own for the logs. Its key policy must let CloudWatch Logs use it."
  type        = string
  default     = null

  validation {
    condition = var.log_kms_key_arn == null ? true : can(
      regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.log_kms_key_arn)
    )
    error_message = "log_kms_key_arn is the ARN of a key, such as arn:aws:kms:eu-west-1:123456789012:key/..."
  }
}

variable "service_name" {
  description = "The service in log lines (POWERTOOLS_SERVICE_NAME)."
  type        = string
  default     = "sluice"

  validation {
    condition     = can(regex("^[A-Za-z0-9._/-]{1,100}$", var.service_name))
    error_message = "service_name takes 1 to 100 letters, digits and . _ / -."
  }
}

variable "metrics_namespace" {
  description = "Namespace of the metrics. Pipelines of one name in one account need different ones."
  type        = string
  default     = "Sluice"

  validation {
    condition     = can(regex("^[A-Za-z0-9._/#-]{1,255}$", var.metrics_namespace)) && !startswith(var.metrics_namespace, "AWS/")
    error_message = "metrics_namespace takes 1 to 255 letters, digits and . - _ / #, and does not begin with AWS/."
  }
}

variable "metrics_by_table" {
  description = "Count metrics by table, too. CloudWatch bills each table's metrics."
  type        = bool
  default     = false
}

variable "alarms" {
  description = "Whether to create alarms."
  type        = bool
  default     = true
}

variable "alarm_topic_arns" {
  description = "SNS topics that are told when an alarm begins and ends."
  type        = list(string)
  default     = []

  validation {
    condition = alltrue([
      for arn in var.alarm_topic_arns : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", arn))
    ])
    error_message = "alarm_topic_arns takes ARNs of standard SNS topics, such as arn:aws:sns:eu-west-1:123456789012:on-call."
  }
}

variable "max_message_age_seconds" {
  description = "Alarm when a message of nudges or resume is older. From 1800."
  type        = number
  default     = 3600

  validation {
    # A message may be delayed for 15 minutes and be worked on for as long.
    condition = (
      var.max_message_age_seconds >= 1800 && var.max_message_age_seconds <= 302400
      && floor(var.max_message_age_seconds) == var.max_message_age_seconds
    )
    error_message = <<-EOT
      max_message_age_seconds is ${var.max_message_age_seconds}; it takes a whole number from 1800 to 302400,
      half a day before the queue gives messages up.
    EOT
  }
}

variable "dashboard" {
  description = "Whether to create a dashboard."
  type        = bool
  default     = true
}
