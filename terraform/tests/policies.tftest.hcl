# What the roles may do, over the policy documents as they are sent to IAM, with everything switched on.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  function_zip        = "tests/fixtures/function.zip"
  bucket_name         = "acme-lake"
  kms_key_arn         = "arn:aws:kms:eu-west-1:123456789012:key/lake"
  secret_kms_key_arns = ["arn:aws:kms:eu-west-1:123456789012:key/secrets"]
  resume              = "scheduled"
  event_sync          = true
  pipelines = {
    acme-github = { file = "tests/fixtures/acme-github.yaml", schedule = "rate(15 minutes)" }
    clinic      = { file = "tests/fixtures/clinic.yaml" }
  }
}

run "nothing_is_allowed_by_wildcard" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for role, statements in merge(local.statements, { schedules = local.schedule_statements }) : [
        for statement in statements : [for action in flatten([statement.Action]) : can(regex("^[a-z0-9-]+:[A-Za-z]+$", action))]
      ]
    ]))
    error_message = "An action has a wildcard."
  }

  assert {
    condition = alltrue(flatten([
      for role, statements in merge(local.statements, { schedules = local.schedule_statements }) : [
        for statement in statements : [
          # Patterns are allowed at the end only: log streams, objects under a folder, schedules of the own group.
          for resource in flatten([statement.Resource]) : can(regex("^arn:aws:[a-z0-9]+:[a-z0-9-]*:[0-9]*:[^*?]+(:\\*|/\\*|/sluice-\\*)?$", resource))
        ]
      ]
    ]))
    error_message = "A resource is a bare *, no ARN, or has a pattern elsewhere than at its end."
  }

  assert {
    condition = alltrue(flatten([
      for role, statements in merge(local.statements, { schedules = local.schedule_statements }) : [
        for statement in statements : [
          for resource in flatten([statement.Resource]) : !endswith(resource, "*") ||
          strcontains(resource, ":log-group:/aws/lambda/sluice-") || startswith(resource, "arn:aws:s3:::acme-lake/") || strcontains(resource, ":schedule/sluice/")
        ]
      ]
    ]))
    error_message = "A pattern is neither for own log streams, nor for own folders, nor for schedules of the own group."
  }

  assert {
    condition     = alltrue([for statement in concat(flatten(values(local.statements)), local.schedule_statements) : statement.Effect == "Allow" && !can(statement.NotAction) && !can(statement.NotResource)])
    error_message = "A statement allows by exclusion."
  }

  assert {
    condition     = alltrue([for role in keys(aws_iam_role_policy.function) : jsondecode(aws_iam_role_policy.function[role].policy).Statement == jsondecode(jsonencode(local.statements[role]))]) && jsondecode(aws_iam_role_policy.schedules.policy).Statement == jsondecode(jsonencode(local.schedule_statements))
    error_message = "A role's policy is not the one that these tests look at."
  }
}

run "functions_do_exactly_what_they_need" {
  command = plan

  assert {
    condition = toset(flatten([for statement in local.statements["scheduled-sync"] : statement.Action])) == toset([
      "dynamodb:GetItem", "dynamodb:UpdateItem",
      "iam:PassRole",
      "kms:Decrypt", "kms:GenerateDataKey",
      "logs:CreateLogStream", "logs:PutLogEvents",
      "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject",
      "scheduler:CreateSchedule",
      "secretsmanager:GetSecretValue", "ssm:GetParameter",
      "sqs:SendMessage",
    ])
    error_message = "scheduled-sync may do something else: ${join(", ", distinct(flatten([for statement in local.statements["scheduled-sync"] : statement.Action])))}"
  }

  assert {
    condition = setsubtract(
      flatten([for statement in local.statements["event-sync"] : statement.Action]),
      flatten([for statement in local.statements["scheduled-sync"] : statement.Action])
    ) == toset(["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"])
    error_message = "event-sync may do more than scheduled-sync and take messages."
  }

  assert {
    condition     = one([for statement in local.statements["scheduled-sync"] : statement.Resource if statement.Sid == "WriteOwnFolders"]) == ["arn:aws:s3:::acme-lake/raw/acme-github/*", "arn:aws:s3:::acme-lake/clinic/*"]
    error_message = "The functions write elsewhere than into their pipelines' folders."
  }

  assert {
    condition     = one([for statement in local.statements["scheduled-sync"] : statement.Resource if statement.Sid == "ReadPipelineFiles"]) == "arn:aws:s3:::acme-lake/.sluice/sluice/pipelines/*"
    error_message = "The functions read pipeline files from elsewhere."
  }

  assert {
    condition     = one([for statement in local.statements["scheduled-sync"] : statement.Condition.StringLikeIfExists["s3:prefix"] if statement.Sid == "TellWhatIsMissing"]) == [".sluice/sluice/pipelines/*", "raw/acme-github/*", "clinic/*"]
    error_message = "The functions list other prefixes than their own."
  }

  assert {
    condition = jsonencode(one([for statement in local.statements["scheduled-sync"] : statement if statement.Sid == "KeepCheckpoints"])) == jsonencode({
      Sid       = "KeepCheckpoints"
      Effect    = "Allow"
      Action    = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
      Resource  = "arn:aws:dynamodb:eu-west-1:123456789012:table/sluice-checkpoints"
      Condition = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["acme-github", "clinic"] } }
    })
    error_message = "The functions reach other items than those of their pipelines."
  }

  assert {
    condition     = one([for statement in local.statements["event-sync"] : statement.Resource if statement.Sid == "ResumeBySchedule"]) == "arn:aws:scheduler:eu-west-1:123456789012:schedule/sluice/sluice-*"
    error_message = "The functions create other schedules than their own."
  }

  assert {
    condition = jsonencode(one([for statement in local.statements["event-sync"] : statement if statement.Sid == "GiveSchedulesTheirRole"])) == jsonencode({
      Sid       = "GiveSchedulesTheirRole"
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = "arn:aws:iam::123456789012:role/sluice-schedules"
      Condition = { StringEquals = { "iam:PassedToService" = "scheduler.amazonaws.com" } }
    })
    error_message = "The functions pass another role, or to somebody else."
  }

  assert {
    condition     = length(aws_iam_role_policy.function["event-sync"].policy) < 10240
    error_message = "IAM takes 10,240 characters."
  }
}

run "functions_read_exactly_the_secrets_of_their_pipelines" {
  command = plan

  assert {
    condition = one([for statement in local.statements["scheduled-sync"] : toset(statement.Resource) if statement.Sid == "ReadSecrets"]) == toset([
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:looked-up-AbCdEf",
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:clinic/key-a1B2c3",
    ])
    error_message = "The functions read other secrets: ${jsonencode(output.secret_arns)}"
  }

  assert {
    condition = one([for statement in local.statements["scheduled-sync"] : toset(statement.Resource) if statement.Sid == "ReadParameters"]) == toset([
      "arn:aws:ssm:eu-west-1:123456789012:parameter/clinic/client-id",
      "arn:aws:ssm:eu-west-1:123456789012:parameter/clinic-kid",
    ])
    error_message = "The functions read other parameters: ${jsonencode(output.parameter_arns)}"
  }

  assert {
    condition     = keys(data.aws_secretsmanager_secret.named) == ["acme/github"]
    error_message = "Other names than those in the pipeline files are looked up."
  }
}

run "a_secret_of_the_same_configuration_is_not_looked_up" {
  command = plan

  variables {
    secret_arns = { "acme/github" = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/github-Zz9Yy8" }
  }

  assert {
    condition     = length(data.aws_secretsmanager_secret.named) == 0 && output.secret_arns["acme/github"] == "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/github-Zz9Yy8"
    error_message = "secret_arns was not used."
  }
}

run "a_pipeline_without_secrets_reads_none" {
  command = plan

  variables {
    kms_key_arn         = null
    secret_kms_key_arns = []
    resume              = "off"
    pipelines           = { no-secrets = { file = "tests/fixtures/no-secrets.yaml" } }
  }

  assert {
    condition     = length([for action in flatten([for statement in flatten(values(local.statements)) : statement.Action]) : action if can(regex("^(secretsmanager|ssm|kms|iam|scheduler):", action))]) == 0
    error_message = "The functions may do what this deployment does not need."
  }
}

run "with_fan_out_scheduled_sync_neither_syncs_nor_reads_secrets" {
  command = plan

  variables {
    fan_out = true
  }

  assert {
    condition = toset(flatten([for statement in local.statements["scheduled-sync"] : statement.Action])) == toset([
      "kms:Decrypt", "kms:GenerateDataKey", "logs:CreateLogStream", "logs:PutLogEvents", "s3:GetObject", "s3:ListBucket", "sqs:SendMessage",
    ])
    error_message = "scheduled-sync may do more than queue."
  }

  assert {
    condition     = one([for statement in local.statements["scheduled-sync"] : statement.Resource if statement.Sid == "QueueTables"]) == "arn:aws:sqs:eu-west-1:123456789012:sluice-nudges.fifo"
    error_message = "scheduled-sync sends to another queue."
  }

  assert {
    condition     = one([for statement in local.statements["scheduled-sync"] : statement.Condition.StringLikeIfExists["s3:prefix"] if statement.Sid == "TellWhatIsMissing"]) == [".sluice/sluice/pipelines/*"]
    error_message = "scheduled-sync lists the lake."
  }
}

run "tracing_is_the_one_bare_wildcard" {
  command = plan

  variables {
    tracing = true
  }

  assert {
    condition     = [for statement in local.statements["scheduled-sync"] : statement.Sid if contains(flatten([statement.Resource]), "*")] == ["Trace"]
    error_message = "Another statement than Trace is for all resources."
  }
}

run "roles_trust_one_service_each" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
  }

  assert {
    condition     = alltrue([for role in values(aws_iam_role.function) : jsondecode(role.assume_role_policy).Statement[0].Principal == { Service = "lambda.amazonaws.com" }])
    error_message = "Somebody else than Lambda may take a function's role."
  }

  assert {
    condition = jsondecode(aws_iam_role.schedules.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = {
        "aws:SourceAccount" = "123456789012"
        "aws:SourceArn"     = "arn:aws:scheduler:eu-west-1:123456789012:schedule-group/sluice"
      } }
    }]
    error_message = "Others than the schedules of the own group may take the schedules' role."
  }

  assert {
    condition     = alltrue([for role in concat(values(aws_iam_role.function), [aws_iam_role.schedules]) : role.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"])
    error_message = "A role has no permissions boundary."
  }

  assert {
    condition     = one([for statement in local.schedule_statements : toset(statement.Resource) if statement.Sid == "Invoke"]) == toset(["arn:aws:lambda:eu-west-1:123456789012:function:sluice-scheduled-sync:live", "arn:aws:lambda:eu-west-1:123456789012:function:sluice-event-sync:live"])
    error_message = "Schedules invoke something else than the aliases."
  }
}

run "each_key_is_used_through_the_services_that_it_is_for" {
  command = plan

  variables {
    bucket_kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/bucket"
  }

  assert {
    condition = { for statement in local.statements["event-sync"] : statement.Sid => [statement.Resource, statement.Condition.StringEquals["kms:ViaService"]] if startswith(statement.Sid, "UseKey") } == {
      UseKey         = ["arn:aws:kms:eu-west-1:123456789012:key/lake", ["dynamodb.eu-west-1.amazonaws.com", "sqs.eu-west-1.amazonaws.com"]]
      UseKeyOfBucket = ["arn:aws:kms:eu-west-1:123456789012:key/bucket", "s3.eu-west-1.amazonaws.com"]
    }
    error_message = "A key is used for something else than it is for."
  }
}

run "rules_send_to_the_queue_only_when_they_are_named" {
  command = apply

  variables {
    event_senders = ["arn:aws:events:eu-west-1:123456789012:rule/issue-changed"]
  }

  assert {
    condition = [for statement in jsondecode(aws_sqs_queue_policy.this["nudges"].policy).Statement : jsonencode(statement) if statement.Effect == "Allow"] == [jsonencode({
      Sid       = "TakeFromRules"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:eu-west-1:123456789012:sluice-nudges.fifo"
      Condition = { ArnEquals = { "aws:SourceArn" = ["arn:aws:events:eu-west-1:123456789012:rule/issue-changed"] } }
    })]
    error_message = "The rule may not send, or others may."
  }

  assert {
    condition     = alltrue([for queue in ["dead", "nudges_dead"] : !strcontains(aws_sqs_queue_policy.this[queue].policy, "Allow")])
    error_message = "A rule may send to a dead-letter queue."
  }
}

# S3 sets s3:ObjectCreationOperation to true for PutObject, CopyObject and CompleteMultipartUpload, and to false for the
# other requests of an upload in parts, which have the action s3:PutObject as well.
run "buckets_refuse_to_replace_microbatches" {
  command = apply

  assert {
    condition = jsonencode(jsondecode(aws_s3_bucket_policy.lake[0].policy).Statement[1]) == jsonencode({
      Sid       = "WriteOnce"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:PutObject"
      Resource = [
        "arn:aws:s3:::acme-lake/raw/acme-github/*/data/*", "arn:aws:s3:::acme-lake/raw/acme-github/*/deletes/*",
        "arn:aws:s3:::acme-lake/clinic/*/data/*", "arn:aws:s3:::acme-lake/clinic/*/deletes/*",
      ]
      Condition = {
        Null = { "s3:if-none-match" = "true" }
        Bool = { "s3:ObjectCreationOperation" = "true" }
      }
    })
    error_message = "Microbatches can be replaced, or something else cannot: ${aws_s3_bucket_policy.lake[0].policy}"
  }

  assert {
    condition     = jsondecode(output.write_once_policy) == { Version = "2012-10-17", Statement = [jsondecode(aws_s3_bucket_policy.lake[0].policy).Statement[1]] }
    error_message = "The output is another policy."
  }
}

run "only_who_applies_writes_pipeline_files" {
  command = apply

  assert {
    condition = jsonencode(jsondecode(aws_s3_bucket_policy.lake[0].policy).Statement[2]) == jsonencode({
      Sid       = "PipelineFiles"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObject"]
      Resource  = "arn:aws:s3:::acme-lake/.sluice/sluice/pipelines/*"
      Condition = { ArnNotEquals = { "aws:PrincipalArn" = ["arn:aws:iam::123456789012:role/ci/deployment"] } }
    })
    error_message = "Others may write pipeline files, or the deployer may not: ${aws_s3_bucket_policy.lake[0].policy}"
  }

  assert {
    condition     = jsondecode(output.pipeline_files_policy) == { Version = "2012-10-17", Statement = [jsondecode(aws_s3_bucket_policy.lake[0].policy).Statement[2]] }
    error_message = "The output is another policy."
  }
}

run "only_named_deployers_write_pipeline_files" {
  command = plan

  variables {
    deployer_arns = ["arn:aws:iam::123456789012:user/operator", "arn:aws:iam::123456789012:role/deployment"]
  }

  assert {
    condition     = jsondecode(output.pipeline_files_policy).Statement[0].Condition.ArnNotEquals["aws:PrincipalArn"] == ["arn:aws:iam::123456789012:user/operator", "arn:aws:iam::123456789012:role/deployment"]
    error_message = "Others than those that are named may write pipeline files: ${output.pipeline_files_policy}"
  }
}

run "deployers_are_roles_and_users" {
  command = plan

  variables {
    deployer_arns = ["arn:aws:sts::123456789012:assumed-role/deployment/session"]
  }

  expect_failures = [var.deployer_arns]
}

run "an_existing_bucket_is_given_the_same_statement_and_no_policy" {
  command = plan

  variables {
    create_bucket   = false
    lake_mover_arns = ["arn:aws:iam::123456789012:role/migration"]
  }

  assert {
    condition = length(aws_s3_bucket_policy.lake) == 0 && jsonencode(jsondecode(output.write_once_policy).Statement) == jsonencode([{
      Sid       = "WriteOnce"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:PutObject"
      Resource = [
        "arn:aws:s3:::acme-lake/raw/acme-github/*/data/*", "arn:aws:s3:::acme-lake/raw/acme-github/*/deletes/*",
        "arn:aws:s3:::acme-lake/clinic/*/data/*", "arn:aws:s3:::acme-lake/clinic/*/deletes/*",
      ]
      Condition = {
        Null         = { "s3:if-none-match" = "true" }
        Bool         = { "s3:ObjectCreationOperation" = "true" }
        ArnNotEquals = { "aws:PrincipalArn" = ["arn:aws:iam::123456789012:role/migration"] }
      }
    }])
    error_message = "The module changes a bucket that is not its own, or its statement is another: ${output.write_once_policy}"
  }
}

run "a_mover_is_exempt_from_writing_once_and_from_nothing_else" {
  command = apply

  variables {
    lake_mover_arns = ["arn:aws:iam::123456789012:role/migration"]
  }

  assert {
    condition = [
      for statement in jsondecode(aws_s3_bucket_policy.lake[0].policy).Statement :
      try(statement.Condition.ArnNotEquals["aws:PrincipalArn"], [])
    ] == [[], ["arn:aws:iam::123456789012:role/migration"], ["arn:aws:iam::123456789012:role/ci/deployment"]]
    error_message = "Others are exempt, or from more: ${aws_s3_bucket_policy.lake[0].policy}"
  }
}

run "in_a_vpc_lambda_makes_interfaces_and_the_code_may_not" {
  command = plan

  variables {
    vpc = { subnet_ids = ["subnet-0a1b2c3d", "subnet-0a1b2c3e"], security_group_ids = ["sg-0a1b2c3d"] }
  }

  assert {
    condition     = [for statement in local.statements["event-sync"] : statement.Sid if contains(flatten([statement.Resource]), "*")] == ["LetLambdaJoinNetworks", "KeepCodeFromNetworks"]
    error_message = "Another statement is for all resources."
  }

  assert {
    condition = jsonencode([for statement in local.statements["event-sync"] : statement if statement.Sid == "KeepCodeFromNetworks"]) == jsonencode([{
      Sid    = "KeepCodeFromNetworks"
      Effect = "Deny"
      Action = one([
        for statement in local.statements["event-sync"] : statement.Action if statement.Sid == "LetLambdaJoinNetworks" && statement.Effect == "Allow"
      ])
      Resource  = "*"
      Condition = { ArnEquals = { "lambda:SourceFunctionArn" = "arn:aws:lambda:eu-west-1:123456789012:function:sluice-event-sync" } }
    }])
    error_message = "The code in the function may what only Lambda needs."
  }

  assert {
    condition     = alltrue([for action in local.network_actions : can(regex("^ec2:[A-Za-z]*(NetworkInterfaces?|PrivateIpAddresses|Subnets|SecurityGroups)$", action))])
    error_message = "Lambda may do more in EC2 than with network interfaces."
  }
}

run "statements_of_your_own_are_for_the_functions_that_sync" {
  command = plan

  variables {
    fan_out = true
    policy_statements = {
      ReadExports = {
        actions    = ["s3:GetObject"]
        resources  = ["arn:aws:s3:::acme-exports/crm/*"]
        conditions = { StringEquals = { "aws:ResourceAccount" = ["123456789012"] } }
      }
      NeverPurge = { effect = "Deny", actions = ["s3:DeleteObject"], resources = ["*"] }
    }
  }

  assert {
    condition = jsonencode([for statement in local.statements["event-sync"] : statement if contains(["ReadExports", "NeverPurge"], statement.Sid)]) == jsonencode([
      { Sid = "NeverPurge", Effect = "Deny", Action = ["s3:DeleteObject"], Resource = ["*"] },
      {
        Sid       = "ReadExports"
        Effect    = "Allow"
        Action    = ["s3:GetObject"]
        Resource  = ["arn:aws:s3:::acme-exports/crm/*"]
        Condition = { StringEquals = { "aws:ResourceAccount" = ["123456789012"] } }
      },
    ])
    error_message = "The statements are others than those that were given: ${jsonencode(local.statements["event-sync"])}"
  }

  assert {
    condition     = length([for statement in concat(local.statements["scheduled-sync"], local.schedule_statements) : statement if contains(["ReadExports", "NeverPurge"], statement.Sid)]) == 0
    error_message = "Who reads no source has them, too."
  }
}

run "bucket_and_queues_refuse_what_is_not_tls" {
  command = apply

  assert {
    condition     = alltrue([for policy in concat([aws_s3_bucket_policy.lake[0].policy], values(aws_sqs_queue_policy.this)[*].policy) : jsondecode(policy).Statement[0].Effect == "Deny" && jsondecode(policy).Statement[0].Condition == { Bool = { "aws:SecureTransport" = "false" } }])
    error_message = "Something may be reached without TLS."
  }

  assert {
    condition     = toset(keys(aws_sqs_queue_policy.this)) == toset(["dead", "nudges", "nudges_dead"])
    error_message = "A queue has no policy."
  }

  assert {
    condition     = alltrue([for policy in values(aws_sqs_queue_policy.this)[*].policy : length(jsondecode(policy).Statement) == 1])
    error_message = "A queue's policy allows somebody something."
  }
}
