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
