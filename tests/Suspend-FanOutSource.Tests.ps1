Describe 'Suspend-FanOutSource' {
    BeforeAll { . (Join-Path $PSScriptRoot Cloud.ps1) }
    AfterAll { Stop-Cloud }
    BeforeEach {
        Clear-Source
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -Wait
        Clear-Call
    }

    It 'suspends a source by its name' {
        Suspend-FanOutSource -Source orders -SourceType Kinesis -Wait
        "$(@($lambda.EventSourceMappings.Values)[0].State)" | Should -Be 'Disabled'
    }

    It 'suspends what comes through the pipeline' {
        (Get-FanOutSource | Suspend-FanOutSource -Wait -PassThru).State | Should -Be 'Disabled'
        (Get-FanOutSource).State | Should -Be 'Disabled'
    }

    It 'suspends several, by position and by patterns' {
        $null = Connect-FanOutSource customers DynamoDB -OnFailureDestination $archive -Wait
        Suspend-FanOutSource ord*, customers -Wait
        (Get-FanOutSource | Where-Object State -EQ Disabled).Name | Should -Be 'customers', 'orders'
        Suspend-FanOutSource * -Wait
    }

    It 'names the source that may be meant' {
        { Suspend-FanOutSource ordres -ErrorAction Stop } | Should -Throw "*Is 'orders' meant?*"
    }

    It 'changes nothing under -WhatIf' {
        Get-FanOutSource | Suspend-FanOutSource -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says that a source is not connected' {
        { Suspend-FanOutSource -Source customers -SourceType DynamoDB -ErrorAction Stop } | Should -Throw
    }
}
