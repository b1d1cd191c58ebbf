variable "function_zip" {
  description = "What ./sluice package prints."
  type        = string
}

variable "bucket_name" {
  description = "A bucket name that nobody has; pipelines/events.yaml names it, too."
  type        = string
  default     = "acme-lake"
}
