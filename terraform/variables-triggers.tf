variable "event_sync" {
  description = "Deploy event-sync and its queue, for nudges from elsewhere. fan_out and resume = \"delayed\" deploy it anyway."
  type        = bool
  default     = false
}

variable "event_senders" {
  description = "ARNs of EventBridge rules that may send to the queue nudges. With a KMS key of yours, its key policy must let events.amazonaws.com use it."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.event_senders : can(regex("^arn:[a-z-]+:events:[a-z0-9-]+:[0-9]{12}:rule/[A-Za-z0-9._/-]+$", arn))])
    error_message = "event_senders takes ARNs of rules, such as arn:aws:events:eu-west-1:123456789012:rule/issue-changed."
  }

  validation {
    condition     = length(var.event_senders) == 0 || var.event_sync || var.fan_out || var.resume == "delayed"
    error_message = "event_senders name who may send to the queue nudges, and there is no such queue. Set event_sync = true."
  }
}

variable "fan_out" {
  description = "Let scheduled-sync only queue one nudge a table, so that event-sync syncs the tables in parallel."
  type        = bool
  default     = false

  validation {
    condition     = !(var.fan_out && var.resume == "off")
    error_message = "fan_out with resume \"off\" would leave a table that needs several runs in its queue for hours between them. Use scheduled or delayed."
  }
}

variable "resume" {
  description = "How a run that had to stop goes on: off (at the next schedule), delayed (a delayed message, 15 minutes at most) or scheduled (a one-time schedule)."
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
  description = "How often, and for how many seconds, EventBridge Scheduler tries to hand an event to Lambda before it puts it into the dead-letter queue."
  type = object({
    attempts    = optional(number, 3)
    age_seconds = optional(number, 3600)
  })
  default = {}

  validation {
    condition     = var.schedule_retry.attempts >= 0 && var.schedule_retry.attempts <= 185 && var.schedule_retry.age_seconds >= 60 && var.schedule_retry.age_seconds <= 21600
    error_message = "schedule_retry takes attempts from 0 to 185 and age_seconds from 60 to 21600, which is as long as Lambda keeps an event."
  }
}

variable "event_polling" {
  description = "Let event-sync take messages from its queues. false pauses it: messages wait, for four days."
  type        = bool
  default     = true
}

variable "event_batch_size" {
  description = "Messages that event-sync takes at once; nudges of one table in them are one sync, and all tables in them share one run's time. Without a value 1 with fan_out, so that tables run side by side, and 10 else."
  type        = number
  default     = null

  validation {
    condition     = var.event_batch_size == null || try(var.event_batch_size >= 1 && var.event_batch_size <= 10 && floor(var.event_batch_size) == var.event_batch_size, false)
    error_message = "event_batch_size is ${coalesce(var.event_batch_size, 0)}; a FIFO queue gives 1 to 10."
  }
}

variable "event_concurrency" {
  description = "Most runs of event-sync at once from each queue, to spare the source. From 2; null is Lambda's own limit."
  type        = number
  default     = null

  validation {
    condition     = var.event_concurrency == null ? true : var.event_concurrency >= 2 && var.event_concurrency <= 1000
    error_message = "event_concurrency is from 2, the least that Lambda takes, to 1000. For less, list fewer tables in fan-out or set fan_out = false."
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
