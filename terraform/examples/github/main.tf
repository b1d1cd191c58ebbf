# A repository's issues and commits: tables in parallel, resumed when GitHub's rate limit allows, with alarms.
# The token is in the secret acme/github, as {"token": "..."}; Terraform never sees it.

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

variable "alarm_topic_arns" {
  description = "Who is told when something is wrong."
  type        = list(string)
  default     = []
}

module "sluice" {
  source = "../.."

  name         = "sluice-github"
  function_zip = var.function_zip
  bucket_name  = "acme-github-lake"

  pipelines = {
    acme-github = {
      file                    = "${path.module}/pipelines/acme-github.yaml"
      schedule                = "rate(10 minutes)"
      flexible_window_minutes = 5
      max_lag_seconds         = 7200
    }
  }

  fan_out           = true
  event_concurrency = 2
  resume            = "scheduled"
  alarm_topic_arns  = var.alarm_topic_arns
}

output "functions" {
  description = "Names and ARNs of the functions."
  value       = module.sluice.functions
}

output "queues" {
  description = "Send nudges to the queue nudges: {\"pipeline\": \"acme-github\", \"table\": \"issues\"}."
  value       = module.sluice.queues
}
