Describe 'Resume-FanOutSource' {
    BeforeAll { . (Join-Path $PSScriptRoot Cloud.ps1) }
    AfterAll { Stop-Cloud }
    BeforeEach {
        Clear-Source
        $null = Connect-FanOutSource -SourceArn $orders -OnFailureDestination $archive -Suspended -Wait
        Clear-Call
    }

    It 'resumes a source by its name' {
        Resume-FanOutSource -Source orders -SourceType Kinesis -Wait
        "$(@($lambda.EventSourceMappings.Values)[0].State)" | Should -Be 'Enabled'
    }

    It 'resumes what comes through the pipeline' {
        (Get-FanOutSource | Resume-FanOutSource -Wait -PassThru).State | Should -Be 'Enabled'
        (Get-FanOutSource).State | Should -Be 'Enabled'
    }

    It 'changes nothing under -WhatIf' {
        Get-FanOutSource | Resume-FanOutSource -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says that a source is not connected' {
        { Resume-FanOutSource -Source customers -SourceType DynamoDB -ErrorAction Stop } | Should -Throw
    }
}
