Describe 'Disconnect-FanOutSource' {
    BeforeAll { . (Join-Path $PSScriptRoot Cloud.ps1) }
    AfterAll { Stop-Cloud }
    BeforeEach {
        Clear-Source
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -Wait
        Clear-Call
    }

    It 'disconnects a source by its name' {
        Disconnect-FanOutSource -Source orders -SourceType Kinesis -Confirm:$false -Wait
        $lambda.EventSourceMappings.Count | Should -Be 0
    }

    It 'disconnects what comes through the pipeline' {
        Get-FanOutSource | Disconnect-FanOutSource -Confirm:$false -Wait
        $lambda.EventSourceMappings.Count | Should -Be 0
    }

    It 'changes nothing under -WhatIf' {
        Get-FanOutSource | Disconnect-FanOutSource -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says that a source is not connected' {
        { Disconnect-FanOutSource -Source customers -SourceType DynamoDB -Confirm:$false -ErrorAction Stop } | Should -Throw
    }
}
