variable "region" {
  description = "Where to deploy."
  type        = string
}

variable "function_zip" {
  description = "What ./sluice package prints."
  type        = string
}

variable "bucket_name" {
  description = "Bucket of the lake. The files in pipelines/ name it, too."
  type        = string
}

variable "alarm_topic_arns" {
  description = "Who is told when something is wrong. Somebody should be."
  type        = list(string)

  validation {
    condition     = length(var.alarm_topic_arns) > 0
    error_message = "alarm_topic_arns is empty: nobody would hear of an alarm. Give at least one SNS topic."
  }
}

variable "kms_key_arn" {
  description = "KMS key of your own for bucket, table and queues; null for those of AWS."
  type        = string
  default     = null
}

variable "alias_versions" {
  description = "Pins functions to published versions, to roll back; see docs/deploy.md."
  type        = map(string)
  default     = {}
}
