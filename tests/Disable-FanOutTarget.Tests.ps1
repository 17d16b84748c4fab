Describe 'Disable-FanOutTarget' {
    BeforeAll { . (Join-Path $PSScriptRoot Cloud.ps1) }
    AfterAll { Stop-Cloud }
    BeforeEach {
        Clear-Target
        'copy-1', 'copy-2' | ForEach-Object { $null = Register-FanOutTarget sqs $_ $archive -SourceArn $orders -Enabled }
        Clear-Call
    }

    It 'disables a target by its name' {
        Disable-FanOutTarget copy-1 -Source orders -SourceType Kinesis

        (Get-Row copy-1).active.BOOL | Should -Be $false
        (Get-Row copy-2).active.BOOL | Should -Be (-not $false)
    }

    It 'disables all that come through the pipeline' {
        (Get-FanOutTarget | Disable-FanOutTarget -PassThru).Enabled | Should -Be $false, $false
        (Get-Row).active.BOOL | Should -Be $false, $false
    }

    It 'changes nothing under -WhatIf' {
        Get-FanOutTarget | Disable-FanOutTarget -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says that a target does not exist' {
        { Disable-FanOutTarget absent -SourceArn $orders -ErrorAction Stop } | Should -Throw -ErrorId 'TargetNotFound,FanOut.Commands.DisableFanOutTargetCommand'
    }
}
