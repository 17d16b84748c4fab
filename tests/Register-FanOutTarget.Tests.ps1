Describe 'Register-FanOutTarget' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        . (Join-Path $PSScriptRoot Pwsh.ps1)
    }
    AfterAll { Stop-Cloud }
    BeforeEach { Clear-Target; Clear-Call }

    It 'looks a name up and writes a disabled target' {
        $target = Register-FanOutTarget sqs copy archive -Source orders -SourceType Kinesis

        $target.State | Should -Be 'Disabled'
        $target.SourceArn | Should -Be $orders
        (Get-Row copy).destination.S | Should -Match '/123456789012/archive$'
        (Get-Row copy).active.BOOL | Should -BeFalse
    }

    It 'takes objects from the pipeline' {
        'a', 'b' | ForEach-Object { [pscustomobject]@{ Id = $_; Destination = "$archive-$_"; Enabled = 'true' } } | Register-FanOutTarget -Type sqs -SourceArn $orders

        (Get-Row).id.S | Sort-Object | Should -Be 'a', 'b'
        (Get-Row).active.BOOL | Should -Be $true, $true
    }

    It 'leaves a target alone that is there, unless -Force is given' {
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders

        { Register-FanOutTarget sqs copy "$archive-2" -SourceArn $orders -ErrorAction Stop } | Should -Throw -ErrorId 'TargetExists,FanOut.Commands.RegisterFanOutTargetCommand'
        (Get-Row copy).destination.S | Should -Be $archive
        $null = Register-FanOutTarget sqs copy "$archive-2" -SourceArn $orders -Force
        (Get-Row copy).destination.S | Should -Be "$archive-2"
    }

    It 'writes nothing when the same is registered again, and says so' {
        $first = Register-FanOutTarget sqs copy archive -Source orders -SourceType Kinesis -Collapse none
        Enable-FanOutTarget copy -SourceArn $orders
        Clear-Call

        $again = Register-FanOutTarget sqs copy archive -Source orders -SourceType Kinesis -Collapse none -Verbose 4>&1

        "$again" | Should -Match "The target 'copy' of $orders is unchanged"
        $target = $again | Where-Object Id
        $target.Destination | Should -Be $first.Destination
        $target.State | Should -Be 'Enabled'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'changes nothing under -WhatIf' {
        Register-FanOutTarget sqs copy $archive -SourceArn $orders -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'tells which permissions are lacking also where the pipeline goes no further' {
        $fault = $cloud.Faults.Add([FanOut.LocalCloud.Faults.Fault]@{ Kind = 'AccessDenied'; Service = 'lambda'; Operation = 'GetFunctionConfiguration' })
        try {
            $result = Invoke-Pwsh @"
                Import-Module '$manifest'
                `$PSDefaultParameterValues = @{
                    '*-FanOut*:EndpointUrl' = '$($cloud.Endpoint)'; '*-FanOut*:Region' = 'us-east-1'
                    '*-FanOut*:AccessKey' = 'AKIATESTSOFFANOUT000'; '*-FanOut*:SecretKey' = 'secret'
                }
                Register-FanOutTarget sqs copy $archive -SourceArn $orders | Select-Object -First 1 -ExpandProperty Id
                'goes on'
"@
        }
        finally { $cloud.Faults.Remove($fault) }

        $result.Output[0, -1] | Should -Be 'copy', 'goes on'
        "$($result.Output)" | Should -BeLike "*WARNING: Whether the role of fanout has the permissions*$archive*"
    }

    It 'refuses a destination that is its own source' {
        { Register-FanOutTarget kinesis loop orders -SourceArn $orders -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDestination,FanOut.Commands.RegisterFanOutTargetCommand'
    }

    It 'refuses the fan-out function as its own target' {
        { Register-FanOutTarget lambda loop 'arn:aws:lambda:us-east-1:123456789012:function:fanout:live' -SourceArn $orders -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDestination,FanOut.Commands.RegisterFanOutTargetCommand'
    }

    It 'takes a filter as a hashtable and refuses what is no event pattern' {
        (Register-FanOutTarget sqs copy $archive -SourceArn $orders -Filter @{ data = @{ type = @('order') } }).Filter | Should -Be '{"data":{"type":["order"]}}'
        (Get-Row copy).filter.S | Should -Be '{"data":{"type":["order"]}}'
        { Register-FanOutTarget sqs other $archive -SourceArn $orders -Filter @{ data = @{ type = 'order' } } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidParameter,FanOut.Commands.RegisterFanOutTargetCommand'
    }

    It 'takes a transform as a hashtable, keeps it through Export-Csv and Set-, and refuses what is none' {
        (Register-FanOutTarget sqs copy $archive -SourceArn $orders -Transform @{ inputTemplate = '{"id": <data.id>}' }).Transform | Should -Be '{"inputTemplate":"{\"id\": <data.id>}"}'
        (Get-Row copy).transform.S | Should -Be '{"inputTemplate":"{\"id\": <data.id>}"}'
        Get-FanOutTarget copy | ConvertTo-Csv | ConvertFrom-Csv | Register-FanOutTarget | Select-Object -ExpandProperty Transform | Should -Be '{"inputTemplate":"{\"id\": <data.id>}"}'
        { Set-FanOutTarget copy -SourceArn $orders -Transform @{ inputTemplate = '{"id": <date.id>}' } -ErrorAction Stop } | Should -Throw "*asks for 'date.id', which no record of the source has; it has data,*"
        Set-FanOutTarget copy -SourceArn $orders -Transform $null
        (Get-Row copy).transform | Should -BeNullOrEmpty
    }

    It 'says that a name does not exist' {
        { Register-FanOutTarget sqs copy absent -SourceArn $orders -ErrorAction Stop } | Should -Throw -ErrorId 'DestinationNotFound,FanOut.Commands.RegisterFanOutTargetCommand'
    }

    It 'says what is wrong with a property of a piped object' {
        { [pscustomobject]@{ Id = 'copy'; MaxItemBytes = 'abc' } | Register-FanOutTarget sqs -Destination $archive -SourceArn $orders -ErrorAction Stop } | Should -Throw "*'abc' is not a whole number*"
        Get-Row | Should -BeNullOrEmpty
    }

    It 'warns of what has no effect' {
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders -ConvertDDB -WarningAction SilentlyContinue -WarningVariable warnings
        "$warnings" | Should -Match "-ConvertDDB has no effect on the target 'copy'"
    }

    It 'goes where a piped object comes from, whatever the default region is' {
        $null = $cloud.Dynamo.CreateTable('fanoutTargets', 'sourceArn', 'id', $null, 'S', 'S', 1, 'eu-west-1')
        $there = [pscustomobject]@{ Id = 'copy'; Type = 'sqs'; Destination = 'arn:aws:sqs:eu-west-1:123456789012:q'; SourceArn = $orders -replace 'us-east-1', 'eu-west-1'; Region = 'eu-west-1' }

        ($there | Register-FanOutTarget).Region | Should -Be 'eu-west-1'
        Get-Row | Should -BeNullOrEmpty
    }

    It 'can be run twice by a script without a user: 30 targets of a stream, a table and a topic' {
        $topic = $cloud.Sns.CreateTopic('news').Arn
        $script = Join-Path $TestDrive deploy.ps1
        Set-Content -Path $script -Value @"
            `$ErrorActionPreference = 'Stop'
            Import-Module '$manifest'
            `$PSDefaultParameterValues = @{
                '*-FanOut*:EndpointUrl' = '$($cloud.Endpoint)'; '*-FanOut*:Region' = 'us-east-1'
                '*-FanOut*:AccessKey' = 'AKIATESTSOFFANOUT000'; '*-FanOut*:SecretKey' = 'secret'; '*-FanOut*:WarningAction' = 'SilentlyContinue'
            }
            foreach (`$source in @{ Source = 'orders'; SourceType = 'Kinesis' }, @{ Source = 'customers'; SourceType = 'DynamoDB' }, @{ SourceArn = '$topic' }) {
                1..10 | ForEach-Object { [pscustomobject]@{ Id = "copy-`$_"; Destination = "$archive-`$_"; Parallel = `$_ % 2 } } |
                    Register-FanOutTarget -Type sqs -Collapse none -DeadLetter archive @source -Verbose 4>&1 | Where-Object { "`$_" -match 'is unchanged' }
                Enable-FanOutTarget copy-1, copy-2* @source
                Disable-FanOutTarget copy-3 @source
                Set-FanOutTarget copy-* @source -Collapse none -OnFailure deadLetter
                Unregister-FanOutTarget absent @source -Confirm:`$false -ErrorAction SilentlyContinue
            }
"@
        $first = Invoke-Pwsh -Arguments '-File', $script
        $first.Output | Should -BeNullOrEmpty
        $first.ExitCode | Should -Be 0
        @(Get-Row).Count | Should -Be 30

        Clear-Call
        $second = Invoke-Pwsh -Arguments '-File', $script

        $second.ExitCode | Should -Be 0
        Get-Change | Should -BeNullOrEmpty
        @($second.Output -match 'is unchanged').Count | Should -Be 30
    }
}
