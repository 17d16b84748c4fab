Describe 'Connect-FanOutSource' {
    BeforeAll { . (Join-Path $PSScriptRoot Cloud.ps1) }
    AfterAll { Stop-Cloud }
    BeforeEach { Clear-Source; Clear-Call }

    It 'connects a stream with safe settings' {
        $source = Connect-FanOutSource -Source orders -SourceType Kinesis -OnFailureDestination $archive -Wait

        $source.State | Should -Be 'Enabled'
        $mapping = @($lambda.EventSourceMappings.Values)[0]
        $mapping.Stream.Arn | Should -Be $orders
        $mapping.Settings.BatchSize | Should -Be 500
        $mapping.Settings.MaximumRetryAttempts | Should -Be 10
        $mapping.Settings.ReportBatchItemFailures | Should -BeTrue
        $mapping.Settings.BisectBatchOnFunctionError | Should -BeTrue
    }

    It 'connects the stream of a table, given through the pipeline' {
        $null = [pscustomobject]@{ Source = 'customers'; SourceType = 'DynamoDB'; BatchSize = '50' } | Connect-FanOutSource -OnFailureDestination $archive -Wait
        @($lambda.EventSourceMappings.Values)[0].Settings.BatchSize | Should -Be 50
    }

    It 'can run twice, and names what is different' {
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -Wait
        Clear-Call
        (Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive).State | Should -Be 'Enabled'
        Get-Change | Should -BeNullOrEmpty
        { Connect-FanOutSource -SourceArn $orders -BatchSize 9 -ErrorAction Stop } | Should -Throw '*BatchSize is 500, not 9*'
        (Connect-FanOutSource -SourceArn $orders -BatchSize 9 -Force).BatchSize | Should -Be 9
        $lambda.EventSourceMappings.Count | Should -Be 1
    }

    It 'connects again what was written to JSON or CSV' {
        $null = Connect-FanOutSource -SourceArn $orders -BatchingWindow 90 -StartingPosition TrimHorizon -OnFailureDestination $archive -Wait
        Clear-Call
        (Get-FanOutSource | ConvertTo-Json | ConvertFrom-Json | Connect-FanOutSource).BatchingWindow | Should -Be ([timespan] '00:01:30')
        (Get-FanOutSource | ConvertTo-Csv | ConvertFrom-Csv | Connect-FanOutSource).StartingPosition | Should -Be 'TrimHorizon'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'subscribes the function to a topic, and lets exactly that topic invoke it' {
        $topic = $cloud.Sns.CreateTopic('news')
        $source = Connect-FanOutSource news -OnFailureDestination $archive
        try {
            $source.State | Should -Be 'Enabled'
            $topic.Subscriptions.Endpoint | Should -Be $source.FunctionArn
            (Get-FanOutSource | Where-Object SourceType -EQ SNS | Suspend-FanOutSource -PassThru).State | Should -Be 'Disabled'
            $topic.Subscriptions | Should -BeNullOrEmpty
            (Resume-FanOutSource -SourceArn $topic.Arn -PassThru).State | Should -Be 'Enabled'
        }
        finally {
            Disconnect-FanOutSource -SourceArn $topic.Arn -Confirm:$false
        }
    }

    It 'warns when nobody is told of what is dropped' {
        $null = Connect-FanOutSource -SourceArn $orders -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match '-OnFailureDestination'
    }

    It 'changes nothing under -WhatIf' {
        Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }
}
