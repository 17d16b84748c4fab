Describe 'The tab key' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = Register-FanOutTarget sqs copy-1 $archive -SourceArn $orders
        $null = Register-FanOutTarget sqs 'copy of all' $archive -SourceArn $orders
        $null = Register-FanOutTarget iot news 'abc-ats.iot.us-east-1.amazonaws.com#news' -Source customers -SourceType DynamoDB
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -Wait

        function Complete([string] $Line) { (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches }
    }
    AfterAll { Stop-Cloud }

    It "completes '<Line>'" -ForEach @(
        @{ Line = 'Get-FanOut'; Expected = 'Get-FanOutDeadLetter', 'Get-FanOutFunction', 'Get-FanOutLog', 'Get-FanOutMetric', 'Get-FanOutPolicy', 'Get-FanOutSource', 'Get-FanOutTarget' }
        @{ Line = 'Resume-FanOut'; Expected = 'Resume-FanOutDeadLetter', 'Resume-FanOutSource' }
        @{ Line = 'Register-FanOutTarget -Des'; Expected = '-Destination', '-DestinationRegion', '-DestinationRoleArn' }
        @{ Line = 'Register-FanOutTarget s'; Expected = 'sns', 'sqs', 'states' }
        @{ Line = 'Register-FanOutTarget -Type '; Expected = 'sns', 'sqs', 'es', 'kinesis', 'firehose', 'iot', 'lambda', 'events', 'states', 'memcached', 'redis', 'http' }
        @{ Line = 'Register-FanOutTarget -Collapse c'; Expected = 'concat', 'concat-b64' }
        @{ Line = 'Register-FanOutTarget -DocumentId '; Expected = 'key', 'sequence', 'none' }
        @{ Line = 'Register-FanOutTarget -DocumentAction '; Expected = 'index', 'create' }
        @{ Line = 'Register-FanOutTarget -OnFailure '; Expected = 'block', 'deadLetter' }
        @{ Line = 'Register-FanOutTarget -View n'; Expected = 'newImage' }
        @{ Line = 'Register-FanOutTarget -RecordFormat d'; Expected = 'dynamodb-changes' }
        @{ Line = 'Register-FanOutTarget -Unpack c'; Expected = 'cloudWatchLogs' }
        @{ Line = 'Connect-FanOutSource -StartingPosition T'; Expected = 'TrimHorizon' }
        @{ Line = 'Get-FanOutTarget -SourceType k'; Expected = 'Kinesis' }
        @{ Line = 'Get-FanOutMetric -By '; Expected = 'Function', 'Source', 'Target' }
        @{ Line = 'Get-FanOutTarget -Region eu-central'; Expected = 'eu-central-1', 'eu-central-2' }
        @{ Line = 'Get-FanOutTarget c'; Expected = "'copy of all'", 'copy-1' }
        @{ Line = 'Set-FanOutTarget -Source customers -SourceType DynamoDB -Id '; Expected = 'news' }
        @{ Line = 'Get-FanOutTarget -Source '; Expected = 'customers', 'orders' }
        @{ Line = 'Suspend-FanOutSource -SourceArn arn:aws:k'; Expected = 'arn:aws:kinesis:us-east-1:123456789012:stream/orders' }
        @{ Line = 'Get-FanOutFunction -FunctionName f'; Expected = 'fanout' }
        @{ Line = 'Register-FanOutTarget sqs copy a'; Expected = 'archive' }
        @{ Line = 'Register-FanOutTarget sqs copy archive -DeadLetter '; Expected = 'arn:aws:sqs:us-east-1:123456789012:archive' }
        @{ Line = 'Get-FanOutDeadLetter -Class re'; Expected = 'RecordAgeExceeded', 'Refused', 'RetryAttemptsExhausted' }
        @{ Line = 'Publish-FanOutFunction -Metrics '; Expected = 'cloudwatch', 'emf', 'none' }
        @{ Line = 'Export-FanOutTemplate -Metrics '; Expected = 'cloudwatch', 'emf', 'none' }
    ) {
        (Complete $Line).CompletionText | Should -Be $Expected
    }

    It 'completes topics alone where only a topic is meant' {
        $null = $cloud.Sns.CreateTopic('alarms', $null, 'eu-west-1')
        (Complete 'Export-FanOutTemplate -Region eu-west-1 -AlarmTopicArn ').CompletionText | Should -Be 'arn:aws:sns:eu-west-1:123456789012:alarms'
    }

    It 'says what a value is' {
        (Complete 'Register-FanOutTarget -Collapse none').ToolTip | Should -Be 'one message or request for each record'
        (Complete 'Get-FanOutTarget news').ToolTip | Should -Match '^iot'
    }

    It 'offers file names only where a file is meant' {
        $cmdlets = Get-Command -Module FanOut
        $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
        $asked = 0
        $offered = foreach ($cmdlet in $cmdlets) {
            foreach ($parameter in $cmdlet.Parameters.Values | Where-Object { -not $_.SwitchParameter -and $_.Name -notin $common }) {
                $asked++
                if ((Complete "$($cmdlet.Name) -$($parameter.Name) ").ResultType -match '^Provider') { $parameter.Name }
            }
        }

        $asked | Should -BeGreaterThan 200
        $offered | Sort-Object -Unique | Should -Be 'Checkpoint', 'DeadLetterPath', 'EventPath', 'PackagePath', 'Path', 'ProfileLocation'
    }

    It 'changes nothing, and is silent where AWS cannot be asked' {
        Clear-Call
        $errors = $Error.Count
        $PSDefaultParameterValues['*-FanOut*:EndpointUrl'] = 'http://127.0.0.1:1'
        try { Complete 'Get-FanOutTarget -Id ' | Where-Object ResultType -EQ ParameterValue | Should -BeNullOrEmpty }
        finally { $PSDefaultParameterValues['*-FanOut*:EndpointUrl'] = $cloud.Endpoint }

        $Error.Count | Should -Be $errors
        Get-Change | Should -BeNullOrEmpty
    }
}
