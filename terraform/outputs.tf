output "bucket" {
  description = "Bucket of the lake."
  value       = local.bucket
}

output "write_once_policy" {
  description = "Bucket policy, as JSON, that has S3 refuse to replace microbatches. A created bucket has it."
  value       = jsonencode({ Version = "2012-10-17", Statement = [local.write_once_statement] })
}

output "pipeline_files_policy" {
  description = "Bucket policy, as JSON, that lets only deployers write pipeline files. A created bucket has it."
  value       = jsonencode({ Version = "2012-10-17", Statement = [local.pipeline_files_statement] })
}

output "config_uri" {
  description = "Where the functions read pipeline files (SLUICE_PIPELINES)."
  value       = "s3://${local.bucket}/${local.config_prefix}/"
}

output "checkpoint_table" {
  description = "DynamoDB table of checkpoints and leases (SLUICE_CHECKPOINT_TABLE)."
  value       = { name = aws_dynamodb_table.checkpoints.name, arn = aws_dynamodb_table.checkpoints.arn }
}

output "functions" {
  description = "By function: its name, ARN, alias ARN (invoke this one), live version, role ARN and log group."
  value = {
    for function in local.functions : function => {
      name      = aws_lambda_function.this[function].function_name
      arn       = aws_lambda_function.this[function].arn
      alias_arn = aws_lambda_alias.live[function].arn
      version   = aws_lambda_alias.live[function].function_version
      role_arn  = aws_iam_role.function[function].arn
      log_group = aws_cloudwatch_log_group.function[function].name
    }
  }
}

output "environments" {
  description = "By function: its environment variables. No secret is among them."
  value       = local.environments
}

output "schedule_group" {
  description = "EventBridge Scheduler group of all schedules."
  value       = aws_scheduler_schedule_group.this.name
}

output "schedule_inputs" {
  description = "By pipeline: the event that its schedule sends to scheduled-sync."
  value       = local.schedule_inputs
}

output "queues" {
  description = "URL and ARN of each queue there is: nudges, nudges_dead, resume, dead."
  value       = { for queue in local.queues : queue => { url = local.queue_urls[queue], arn = local.queue_arns[queue] } }
}

output "secret_arns" {
  description = "By the name in the pipeline files: the secrets that the functions may read."
  value       = local.secret_arns
}

output "parameter_arns" {
  description = "The SSM parameters that the functions may read."
  value       = local.parameter_arns
}

output "alarm_arns" {
  description = "By alarm: its ARN."
  value       = { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.arn }
}

output "dashboard" {
  description = "Name of the dashboard, or null."
  value       = one(aws_cloudwatch_dashboard.this[*].dashboard_name)
}
