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

    It 'says that a source is connected already' {
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -Wait
        { Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -ErrorAction Stop } | Should -Throw
        $lambda.EventSourceMappings.Count | Should -Be 1
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
