# One pipeline on a schedule, into a bucket that the module creates.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

variable "function_zip" {
  description = "What ./sluice package prints."
  type        = string
}

variable "bucket_name" {
  description = "A bucket name that nobody has; pipelines/events.yaml names it, too."
  type        = string
  default     = "acme-lake"
}

module "sluice" {
  source = "../.."

  function_zip = var.function_zip
  bucket_name  = var.bucket_name

  pipelines = {
    events = {
      file     = "${path.module}/pipelines/events.yaml"
      schedule = "rate(15 minutes)"
    }
  }
}

output "functions" {
  description = "Names and ARNs of the functions."
  value       = module.sluice.functions
}
