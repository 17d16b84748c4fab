Describe 'Unregister-FanOutTarget' {
    BeforeAll { . (Join-Path $PSScriptRoot Cloud.ps1) }
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
}
