locals {
  config_objects = "${local.bucket_arn}/${local.config_prefix}/*"
  lake_objects   = [for folder in values(local.folders) : "${local.bucket_arn}/${folder}*"]

  # Each list is a statement or nothing. The loops keep statements of different shapes apart.
  statements = {
    for function in local.functions : function => concat(
      [
        {
          Sid      = "WriteOwnLogs"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "${local.log_group_arns[function]}:*"
        },
        {
          Sid      = "ReadPipelineFiles"
          Effect   = "Allow"
          Action   = "s3:GetObject"
          Resource = local.config_objects
        },
        {
          # What turns "access denied" into "no such object". IfExists, because S3 decides that for a request that
          # has no prefix. It gives names, never contents.
          Sid       = "TellWhatIsMissing"
          Effect    = "Allow"
          Action    = "s3:ListBucket"
          Resource  = local.bucket_arn
          Condition = { StringLikeIfExists = { "s3:prefix" = concat(["${local.config_prefix}/*"], [for folder in values(local.folders) : "${folder}*" if contains(local.syncing, function)]) } }
        },
        {
          Sid      = "HandOverWhatFailed"
          Effect   = "Allow"
          Action   = "sqs:SendMessage"
          Resource = local.queue_arns.dead
        },
      ],
      [for statement in [
        {
          Sid      = "WriteOwnFolders"
          Effect   = "Allow"
          Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
          Resource = local.lake_objects
        },
        {
          Sid       = "KeepCheckpoints"
          Effect    = "Allow"
          Action    = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
          Resource  = local.table_arn
          Condition = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = keys(var.pipelines) } }
        },
      ] : statement if contains(local.syncing, function)],
      [for statement in [{
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = values(local.secret_arns)
      }] : statement if contains(local.syncing, function) && length(local.secret_ids) > 0],
      [for statement in [{
        Sid      = "ReadParameters"
        Effect   = "Allow"
        Action   = "ssm:GetParameter"
        Resource = tolist(local.parameter_arns)
      }] : statement if contains(local.syncing, function) && length(local.parameter_arns) > 0],
      [for statement in [{
        Sid      = "DecryptSecrets"
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.secret_kms_key_arns
        Condition = { StringEquals = {
          "kms:ViaService" = ["secretsmanager.${local.region}.amazonaws.com", "ssm.${local.region}.amazonaws.com"]
        } }
      }] : statement if contains(local.syncing, function) && length(var.secret_kms_key_arns) > 0],
      [for statement in [{
        Sid      = "UseKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.kms_key_arn
        Condition = { StringEquals = {
          "kms:ViaService" = [for service in ["dynamodb", "sqs"] : "${service}.${local.region}.amazonaws.com"]
        } }
      }] : statement if var.kms_key_arn != null],
      [for statement in [{
        Sid       = "UseKeyOfBucket"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = local.bucket_kms_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
      }] : statement if local.bucket_kms_key_arn != null],
      [for statement in [{
        Sid      = "QueueTables"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = local.queue_arns.nudges
      }] : statement if function == "scheduled-sync" && var.fan_out],
      [for statement in [{
        Sid      = "TakeMessages"
        Effect   = "Allow"
        Action   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = [for queue in ["nudges", "resume"] : local.queue_arns[queue] if contains(local.queues, queue)]
      }] : statement if function == "event-sync"],
      [for statement in [{
        Sid      = "ResumeByMessage"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = local.queue_arns.resume
      }] : statement if contains(local.syncing, function) && var.resume == "delayed"],
      [for statement in [
        {
          Sid      = "ResumeBySchedule"
          Effect   = "Allow"
          Action   = "scheduler:CreateSchedule"
          Resource = "arn:${local.partition}:scheduler:${local.scope}:schedule/${local.schedule_group}/sluice-*"
        },
        {
          Sid       = "GiveSchedulesTheirRole"
          Effect    = "Allow"
          Action    = "iam:PassRole"
          Resource  = local.schedule_role_arn
          Condition = { StringEquals = { "iam:PassedToService" = "scheduler.amazonaws.com" } }
        },
      ] : statement if contains(local.syncing, function) && var.resume == "scheduled"],
      [for statement in [{
        # These two know no resources.
        Sid      = "Trace"
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = "*"
      }] : statement if var.tracing],
    )
  }

  schedule_statements = concat(
    [
      {
        Sid      = "Invoke"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = [for function in local.functions : local.alias_arns[function] if function == "scheduled-sync" || var.resume == "scheduled"]
      },
      {
        Sid      = "HandOverWhatFailed"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = local.queue_arns.dead
      },
    ],
    [for statement in [
      {
        Sid       = "UseKey"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = var.kms_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "sqs.${local.region}.amazonaws.com" } }
      }
    ] : statement if var.kms_key_arn != null],
  )
}
