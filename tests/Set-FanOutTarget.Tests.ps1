Describe 'Set-FanOutTarget' {
    BeforeAll { . (Join-Path $PSScriptRoot Cloud.ps1) }
    AfterAll { Stop-Cloud }
    BeforeEach {
        Clear-Target
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders -DestinationRoleArn arn:aws:iam::210987654321:role/writer -ExternalId ext-1
        Clear-Call
    }

    It 'changes what is given and leaves the rest' {
        Set-FanOutTarget copy -Source orders -SourceType Kinesis -Collapse none -Parallel:$false

        $row = Get-Row copy
        $row.collapse.S | Should -Be 'none'
        $row.parallel.BOOL | Should -BeFalse
        $row.destination.S | Should -Be $archive
        $row.externalId.S | Should -Be 'ext-1'
    }

    It 'takes settings away' {
        Get-FanOutTarget | Set-FanOutTarget -DestinationRoleArn $null -ExternalId $null

        (Get-Row copy).PSObject.Properties.Name | Should -Not -Contain 'role'
        (Get-Row copy).PSObject.Properties.Name | Should -Not -Contain 'externalId'
    }

    It 'outputs the target with -PassThru alone' {
        Set-FanOutTarget copy -SourceArn $orders -Collapse none | Should -BeNullOrEmpty
        (Set-FanOutTarget copy -SourceArn $orders -Collapse concat -PassThru).Collapse | Should -Be 'concat'
    }

    It 'looks a new destination up' {
        (Set-FanOutTarget copy -SourceArn $orders -Destination archive -DestinationRoleArn $null -ExternalId $null -PassThru).Destination | Should -Match '/123456789012/archive$'
    }

    It 'names the nearest id' {
        { Set-FanOutTarget cpoy -SourceArn $orders -Collapse none -ErrorAction Stop } | Should -Throw "*Is 'copy' meant?"
    }

    It 'changes nothing under -WhatIf' {
        Set-FanOutTarget copy -SourceArn $orders -Collapse none -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says that nothing was given to change' {
        { Set-FanOutTarget copy -SourceArn $orders -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidParameter,FanOut.Commands.SetFanOutTargetCommand'
    }
}
