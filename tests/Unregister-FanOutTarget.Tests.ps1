Describe 'Unregister-FanOutTarget' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        . (Join-Path $PSScriptRoot Pwsh.ps1)
        $session = @"
            Import-Module '$manifest'
            `$PSDefaultParameterValues = @{
                '*-FanOut*:EndpointUrl' = '$($cloud.Endpoint)'; '*-FanOut*:Region' = 'us-east-1'
                '*-FanOut*:AccessKey' = 'AKIATESTSOFFANOUT000'; '*-FanOut*:SecretKey' = 'secret'
            }

"@
    }
    AfterAll { Stop-Cloud }
    BeforeEach {
        Clear-Target
        'copy-1', 'copy-2' | ForEach-Object { $null = Register-FanOutTarget sqs $_ $archive -SourceArn $orders }
        Clear-Call
    }

    It 'deletes a target by its name' {
        Unregister-FanOutTarget copy-1 -Source orders -SourceType Kinesis -Confirm:$false
        (Get-Row).id.S | Should -Be 'copy-2'
    }

    It 'deletes what comes through the pipeline' {
        Get-FanOutTarget copy-2 | Unregister-FanOutTarget -Confirm:$false
        (Get-Row).id.S | Should -Be 'copy-1'
    }

    It 'deletes nothing under -WhatIf' {
        Get-FanOutTarget | Unregister-FanOutTarget -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says that a target does not exist' {
        { Unregister-FanOutTarget absent -SourceArn $orders -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'TargetNotFound,FanOut.Commands.UnregisterFanOutTargetCommand'
    }

    It 'takes patterns and arrays' {
        Unregister-FanOutTarget absent, copy-* -SourceArn $orders -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problems

        Get-Row | Should -BeNullOrEmpty
        $problems.TargetObject | Should -Be 'absent'
    }

    It 'says what to give where nobody can be asked, once' {
        $result = Invoke-Pwsh "$session Unregister-FanOutTarget copy-* -SourceArn $orders; `$Error.FullyQualifiedErrorId"

        # What comes from which of the two streams first is chance.
        $result.Output -like '*,FanOut.Commands.*' | Should -Be 'ConfirmationImpossible,FanOut.Commands.UnregisterFanOutTargetCommand'
        "$($result.Output)" | Should -Match 'Give -Confirm:\$false'
        (Get-Row).id.S | Should -Be 'copy-1', 'copy-2'
    }

    It 'says what to give where the answers have ended' {
        $output = @() | & $pwsh[0] @($pwsh | Select-Object -Skip 1) -NoLogo -NoProfile -Command "$session Unregister-FanOutTarget copy-1 -SourceArn $orders; `$Error.FullyQualifiedErrorId" 2>&1

        "$output" | Should -BeLike '*ConfirmationImpossible,FanOut.Commands.UnregisterFanOutTargetCommand*'
        (Get-Row).id.S | Should -Be 'copy-1', 'copy-2'
    }

    It 'asks once for each target, and not for the policy that follows it' {
        $role = $cloud.Iam.CreateRole('askedRole', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}')
        $null = $role.PutPolicy('FanOut-asked', '{"Version":"2012-10-17","Statement":[{"Sid":"SendToQueues","Effect":"Allow","Action":["sqs:SendMessage"],"Resource":["*"]}]}')
        $null = $lambda.Add('asked', [FanOut.LocalCloud.Lambda.RecordingFunction]::new(), [FanOut.LocalCloud.Lambda.LambdaFunctionConfiguration]@{ Role = $role.Arn })
        $null = $cloud.Dynamo.CreateTable('askedTargets', 'sourceArn', 'id')
        $null = Register-FanOutTarget sqs copy-1 $archive -SourceArn $orders -FunctionName asked -SkipPolicy
        Clear-Call

        $output = 'y', 'y', 'y' | & $pwsh[0] @($pwsh | Select-Object -Skip 1) -NoLogo -NoProfile -Command "$session Unregister-FanOutTarget copy-1 -SourceArn $orders -FunctionName asked" 2>&1

        @("$output" | Select-String 'Are you sure' -AllMatches | ForEach-Object Matches).Count | Should -Be 1
        Get-Change | Should -Be 'DeleteItem', 'PutRolePolicy'
    }
}
