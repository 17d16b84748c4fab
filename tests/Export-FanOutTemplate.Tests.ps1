Describe 'Export-FanOutTemplate' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -WarningAction Ignore
        $null = Register-FanOutTarget sqs archive $archive -SourceArn $orders -Enabled
        $folder = Join-Path ([IO.Path]::GetTempPath()) "fanout-$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory -Path $folder
        $file = Join-Path $folder fanout.template.json
        function Get-Resource([string] $Template, [string] $Type) { ($Template | ConvertFrom-Json -AsHashtable).Resources.Values | Where-Object Type -EQ $Type }
    }

    AfterAll {
        Stop-Cloud
        Remove-Item -Recurse -Force -Path $folder
    }

    It 'outputs the template of what is there, and changes nothing' {
        Clear-Call
        $template = Export-FanOutTemplate
        @(Get-Change).Count | Should -Be 0

        (Get-Resource $template 'AWS::Lambda::Function').Properties.FunctionName | Should -Be 'fanout'
        (Get-Resource $template 'AWS::Lambda::EventSourceMapping').Properties.EventSourceArn | Should -Be $orders
        (Get-Resource $template 'AWS::DynamoDB::Table').Properties.TableName | Should -Be 'fanoutTargets'
    }

    It 'writes a file and outputs nothing' {
        Push-Location $folder
        try { Export-FanOutTemplate fanout.template.json -FunctionName fanout | Should -BeNullOrEmpty }
        finally { Pop-Location }

        (Get-Content -Raw $file).TrimEnd() | Should -Be (Export-FanOutTemplate)
    }

    It 'keeps a file with -NoClobber, and writes none with -WhatIf' {
        { Export-FanOutTemplate -Path $file -NoClobber -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,FanOut.Commands.ExportFanOutTemplateCommand'
        Export-FanOutTemplate -Path (Join-Path $folder other.json) -WhatIf
        Join-Path $folder other.json | Should -Not -Exist
    }

    It 'takes settings as Publish-FanOutFunction, for a function that is not there yet' {
        $template = Export-FanOutTemplate -FunctionName fresh -MemorySize 512 -Tag @{ team = 'data' }

        (Get-Resource $template 'AWS::Lambda::Function').Properties.MemorySize | Should -Be 512
        (Get-Resource $template 'AWS::IAM::Role').Properties.Tags.Key | Should -Be 'fanout:function', 'team'
        Get-Resource $template 'AWS::Lambda::EventSourceMapping' | Should -BeNullOrEmpty
    }

    It 'takes piped sources and targets' {
        $from = Get-FanOutSource | Export-FanOutTemplate -FunctionName fresh
        (Get-Resource $from 'AWS::Lambda::EventSourceMapping').Properties.DestinationConfig.OnFailure.Destination | Should -Be $archive
        $for = Get-FanOutTarget archive | Export-FanOutTemplate -FunctionName fresh
        (Get-Resource $for 'AWS::IAM::Policy').Properties.PolicyDocument.Statement.Sid | Should -Contain 'SendToQueues'
    }

    It 'has alarms, unless they are not wanted' {
        @(Get-Resource (Export-FanOutTemplate) 'AWS::CloudWatch::Alarm').Count | Should -Be 4
        Get-Resource (Export-FanOutTemplate -SkipAlarm) 'AWS::CloudWatch::Alarm' | Should -BeNullOrEmpty
    }
}
