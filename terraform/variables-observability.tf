variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is ${var.log_retention_days}; CloudWatch takes 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "log_format" {
  description = "Format of the lines that Lambda itself logs, JSON or Text. The functions log JSON either way."
  type        = string
  default     = "JSON"

  validation {
    condition     = contains(["JSON", "Text"], var.log_format)
    error_message = "log_format is \"${var.log_format}\"; Lambda knows JSON and Text."
  }
}

variable "log_level" {
  description = "Least level of the functions' own lines (POWERTOOLS_LOG_LEVEL): TRACE, DEBUG, INFO, WARN or ERROR. Metrics are written at any."
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
    condition     = var.log_kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.log_kms_key_arn))
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
  description = "Namespace of the metrics (POWERTOOLS_METRICS_NAMESPACE). Deployments in one account whose pipelines share names need different ones."
  type        = string
  default     = "Sluice"

  validation {
    condition     = can(regex("^[A-Za-z0-9._/#-]{1,255}$", var.metrics_namespace)) && !startswith(var.metrics_namespace, "AWS/")
    error_message = "metrics_namespace takes 1 to 255 letters, digits and . - _ / #, and does not begin with AWS/."
  }
}

variable "metrics_by_table" {
  description = "Count metrics by table, too. Each table then has metrics of its own, which CloudWatch bills one by one."
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
    condition     = alltrue([for arn in var.alarm_topic_arns : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", arn))])
    error_message = "alarm_topic_arns takes ARNs of standard SNS topics, such as arn:aws:sns:eu-west-1:123456789012:on-call."
  }
}

variable "max_message_age_seconds" {
  description = "Alarm when a message of nudges or resume is older. From 1800, as a message may be delayed for 15 minutes and be worked on for as long."
  type        = number
  default     = 3600

  validation {
    condition     = var.max_message_age_seconds >= 1800 && var.max_message_age_seconds <= 302400 && floor(var.max_message_age_seconds) == var.max_message_age_seconds
    error_message = "max_message_age_seconds is ${var.max_message_age_seconds}; it takes a whole number from 1800 to 302400, half a day before the queue gives messages up."
  }
}

variable "dashboard" {
  description = "Whether to create a dashboard."
  type        = bool
  default     = true
}
