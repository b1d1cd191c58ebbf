variable "endpoint" {
  description = "Where the emulator answers, such as http://127.0.0.1:5000."
  type        = string

  validation {
    condition     = can(regex("^http://(127\\.0\\.0\\.1|localhost):[0-9]+$", var.endpoint))
    error_message = "endpoint is \"${var.endpoint}\"; it takes an emulator on this machine, such as http://127.0.0.1:5000."
  }
}

variable "region" {
  description = "Region that the emulator plays."
  type        = string
  default     = "us-east-1"
}

variable "function_zip" {
  description = "Path of function.zip; ./up builds it."
  type        = string
}

variable "pipelines" {
  description = "Folder of the pipeline files."
  type        = string
  default     = "pipelines"
}

variable "secret" {
  description = "Password of the source, in the secret sluice-local/example. Taken when the secret is created."
  type        = string
  ephemeral   = true
  default     = "anything"
}

variable "fan_out" {
  description = "See the module's. As in ../prod."
  type        = bool
  default     = true
}

variable "resume" {
  description = "See the module's. As in ../prod."
  type        = string
  default     = "scheduled"
}
