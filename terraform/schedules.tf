locals {
  scheduled = { for key, pipeline in var.pipelines : key => pipeline if pipeline.schedule != null }

  schedule_inputs = {
    for key, pipeline in var.pipelines : key => jsonencode(merge(
      { pipeline = key },
      { for name, tables in { tables = pipeline.tables } : name => tables if length(tables) > 0 },
    ))
  }
}

resource "aws_scheduler_schedule_group" "this" {
  name = local.schedule_group
  tags = var.tags
}

resource "aws_scheduler_schedule" "pipeline" {
  for_each = local.scheduled

  name                         = each.key
  group_name                   = aws_scheduler_schedule_group.this.name
  description                  = "Syncs the pipeline ${each.key}"
  schedule_expression          = each.value.schedule
  schedule_expression_timezone = each.value.timezone
  state                        = each.value.enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode                      = each.value.flexible_window_minutes > 0 ? "FLEXIBLE" : "OFF"
    maximum_window_in_minutes = each.value.flexible_window_minutes > 0 ? each.value.flexible_window_minutes : null
  }

  target {
    arn      = aws_lambda_alias.live["scheduled-sync"].arn
    role_arn = aws_iam_role.schedules.arn
    input    = local.schedule_inputs[each.key]

    retry_policy {
      maximum_retry_attempts       = var.schedule_retry.attempts
      maximum_event_age_in_seconds = var.schedule_retry.age_seconds
    }

    dead_letter_config {
      arn = aws_sqs_queue.dead.arn
    }
  }

  # The first event may come at once.
  depends_on = [aws_iam_role_policy.schedules, aws_s3_object.pipeline]
}
