variable "function_zip" {
  description = "What ./sluice package prints."
  type        = string
}

variable "alarm_topic_arns" {
  description = "Who is told when something is wrong."
  type        = list(string)
  default     = []
}
