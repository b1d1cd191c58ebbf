variable "bucket_name" {
  description = "Bucket of the lake. Pipeline files name it as their destination, so you choose its name."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "bucket_name is \"${var.bucket_name}\"; it takes 3 to 63 lower-case letters, digits and inner hyphens, and no dots, which break TLS."
  }
}

variable "create_bucket" {
  description = "Whether to create the bucket. false: it exists, and its encryption, lifecycle and policy are yours."
  type        = bool
  default     = true
}

variable "config_prefix" {
  description = "Folder of the bucket that the pipeline files are uploaded to. Without a value .sluice/NAME/pipelines, so that deployments in one bucket keep apart."
  type        = string
  default     = null

  validation {
    condition     = var.config_prefix == null ? true : can(regex("^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$", var.config_prefix))
    error_message = "config_prefix is \"${coalesce(var.config_prefix, "null")}\"; write it like .sluice/acme/pipelines, without a slash at either end."
  }
}

variable "kms_key_arn" {
  description = "KMS key of your own for bucket, table and queues. Without one, S3 and SQS encrypt with keys of theirs, DynamoDB with one of AWS."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key, such as arn:aws:kms:eu-west-1:123456789012:key/...; IAM does not know keys by their alias."
  }
}

variable "bucket_kms_key_arn" {
  description = "KMS key of the bucket, where it is another one than kms_key_arn: an existing bucket's owner chose it. Without a value kms_key_arn."
  type        = string
  default     = null

  validation {
    condition     = var.bucket_kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.bucket_kms_key_arn))
    error_message = "bucket_kms_key_arn is the ARN of a key, such as arn:aws:kms:eu-west-1:123456789012:key/...; IAM does not know keys by their alias."
  }
}

variable "bucket_versioning" {
  description = "Keep what is deleted or replaced in a created bucket for noncurrent_days. Sluice itself replaces only small pointers."
  type        = bool
  default     = true
}

variable "noncurrent_days" {
  description = "Days that deleted and replaced objects can be brought back. You pay for them so long."
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
