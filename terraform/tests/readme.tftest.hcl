# The tables of README.md name every input and output, in order, with the description that the code has.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  function_zip = "tests/fixtures/function.zip"
  bucket_name  = "acme-lake"
  pipelines    = { acme-github = { file = "tests/fixtures/acme-github.yaml" } }
}

run "the_readme_is_true" {
  command = plan

  assert {
    condition = [
      for row in regexall("(?m)^\\| `(\\w+)` \\| [^\\n]* \\| ([^|\\n]+) \\|$", split("## Outputs", split("## Inputs", file("${path.module}/README.md"))[1])[0]) : [row[0], trimspace(row[1])]
      ] == [
      for pair in flatten([
        for name in ["", "-functions", "-storage", "-triggers", "-observability"] : [
          for match in regexall("(?s)variable \"(\\w+)\" \\{\\n  description = \"((?:[^\"\\\\]|\\\\.)*)\"", file("${path.module}/variables${name}.tf")) : { pair = [match[0], replace(match[1], "\\\"", "\"")] }
        ]
      ])[*].pair : pair
    ]
    error_message = "The table of inputs differs from the variables*.tf."
  }

  assert {
    condition = [
      for row in regexall("(?m)^\\| `(\\w+)` \\| ([^|\\n]+) \\|$", split("## Outputs", file("${path.module}/README.md"))[1]) : [row[0], trimspace(row[1])]
      ] == [
      for match in regexall("(?s)output \"(\\w+)\" \\{\\n  description = \"((?:[^\"\\\\]|\\\\.)*)\"", file("${path.module}/outputs.tf")) : [match[0], replace(match[1], "\\\"", "\"")]
    ]
    error_message = "The table of outputs differs from outputs.tf."
  }

  # Counted in another way, so that a pattern that matches nothing cannot pass.
  assert {
    condition     = length(regexall("(?m)^\\| `\\w+` \\|", split("## Inputs", file("${path.module}/README.md"))[1])) == length(regexall("\nvariable \"|^variable \"", join("", [for name in fileset(path.module, "variables*.tf") : file("${path.module}/${name}")]))) + length(regexall("(?:^|\n)output \"", file("${path.module}/outputs.tf")))
    error_message = "README.md has another number of rows than there are inputs and outputs."
  }

  assert {
    condition     = length(output.functions) == 1
    error_message = "The module was not planned."
  }
}
