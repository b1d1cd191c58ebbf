variable "function_zip" {
  description = "What ./sluice package prints."
  type        = string
}

variable "kms_key_arn" {
  description = "Encrypts checkpoints and queues."
  type        = string
}

variable "bucket_kms_key_arn" {
  description = "Encrypts the bucket; its owner chose it."
  type        = string
}

variable "secrets_kms_key_arn" {
  description = "Encrypts the private key."
  type        = string
}
