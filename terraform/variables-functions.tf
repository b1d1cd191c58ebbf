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
  description = "Memory of each function in MB. Lambda gives processor time in proportion: 1769 MB are one processor."
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
  description = "Size of /tmp in MB, where a microbatch is spooled before it is written. 512 is enough for the default limit of a microbatch."
  type        = number
  default     = 512

  validation {
    condition     = var.ephemeral_storage_mb >= 512 && var.ephemeral_storage_mb <= 10240
    error_message = "ephemeral_storage_mb is ${var.ephemeral_storage_mb}; it takes 512 to 10240."
  }
}

variable "snap_start" {
  description = "Start functions from a snapshot of the started process. Publishing a version then takes some minutes."
  type        = bool
  default     = true

  validation {
    condition     = !var.snap_start || var.ephemeral_storage_mb == 512
    error_message = "SnapStart works with an ephemeral_storage_mb of 512 only. Set snap_start = false, or leave ephemeral_storage_mb out."
  }
}

variable "java_tool_options" {
  description = "JVM flags (JAVA_TOOL_OPTIONS), in place of the default ones in functions.tf."
  type        = string
  default     = null

  validation {
    condition     = var.java_tool_options == null ? true : !can(regex("(?i)(password|secret|token)=", var.java_tool_options))
    error_message = "java_tool_options looks as if it held a secret, and everybody who may see the function would see it. Secrets are references in the pipeline file."
  }
}

variable "reserved_concurrency" {
  description = "Most runs at once by function, such as { event-sync = 4 }. Reserves them from the account's limit."
  type        = map(number)
  default     = {}

  validation {
    condition     = alltrue([for key, limit in var.reserved_concurrency : contains(["scheduled-sync", "event-sync"], key) && limit >= 1 && floor(limit) == limit])
    error_message = "reserved_concurrency takes whole numbers from 1 for scheduled-sync and event-sync. To pause a pipeline, set its enabled = false."
  }

  validation {
    # Lambda's pollers do not know the reservation: what they take beyond it is throttled, and counts as tried.
    condition     = var.event_concurrency == null ? true : lookup(var.reserved_concurrency, "event-sync", 1000000) >= var.event_concurrency * (var.resume == "delayed" ? 2 : 1)
    error_message = "reserved_concurrency lets event-sync run fewer times at once than event_concurrency takes messages for, from ${var.resume == "delayed" ? "two queues" : "one queue"}. Messages would be throttled and go to the dead-letter queue. Raise the one or lower the other."
  }
}

variable "async_retries" {
  description = "How often Lambda repeats a failed invocation of a schedule before it puts it into the dead-letter queue. 0, 1 or 2."
  type        = number
  default     = 1

  validation {
    condition     = contains([0, 1, 2], var.async_retries)
    error_message = "async_retries is ${var.async_retries}; Lambda takes 0, 1 or 2."
  }
}

variable "alias_versions" {
  description = "Pins a function's alias to a published version, to roll back: { scheduled-sync = \"12\" }. Else it follows the newest."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for key, version in var.alias_versions : contains(["scheduled-sync", "event-sync"], key) && can(regex("^[1-9][0-9]*$", version))])
    error_message = "alias_versions takes numbers of published versions for scheduled-sync and event-sync, such as { scheduled-sync = \"12\" }."
  }
}

variable "tracing" {
  description = "Trace invocations with X-Ray. Its two actions know no resources, so this is the one thing that puts a bare * into the roles."
  type        = bool
  default     = false
}
