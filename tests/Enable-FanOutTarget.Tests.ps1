Describe 'Enable-FanOutTarget' {
    BeforeAll { . (Join-Path $PSScriptRoot Cloud.ps1) }
    AfterAll { Stop-Cloud }
    BeforeEach {
        Clear-Target
        'copy-1', 'copy-2' | ForEach-Object { $null = Register-FanOutTarget sqs $_ $archive -SourceArn $orders }
        Clear-Call
    }

    It 'enables a target by its name' {
        Enable-FanOutTarget copy-1 -Source orders -SourceType Kinesis

        (Get-Row copy-1).active.BOOL | Should -Be $true
        (Get-Row copy-2).active.BOOL | Should -Be (-not $true)
    }

    It 'enables all that come through the pipeline' {
        (Get-FanOutTarget | Enable-FanOutTarget -PassThru).Enabled | Should -Be $true, $true
        (Get-Row).active.BOOL | Should -Be $true, $true
    }

    It 'takes patterns and arrays, and says what is enabled already' {
        Enable-FanOutTarget copy-1, *-2, copy-* -SourceArn $orders
        (Get-Row).active.BOOL | Should -Be $true, $true
        Clear-Call

        $verbose = Enable-FanOutTarget copy-* -SourceArn $orders -Verbose 4>&1
        @($verbose -match 'is unchanged').Count | Should -Be 2
        Get-Change | Should -BeNullOrEmpty
    }

    It 'changes nothing under -WhatIf' {
        Get-FanOutTarget | Enable-FanOutTarget -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says that -Source is missing, where nobody can be asked' {
        { Enable-FanOutTarget zzz -ErrorAction Stop } | Should -Throw '*-Source is missing*' -ErrorId 'InvalidParameter,FanOut.Commands.EnableFanOutTargetCommand'
    }

    It 'asks for -Source, and takes the answer' {
        . (Join-Path $PSScriptRoot Pwsh.ps1)
        $script = "Import-Module '$manifest'; Enable-FanOutTarget copy-1 -PassThru -EndpointUrl $($cloud.Endpoint) -Region us-east-1 -AccessKey AKIAA -SecretKey secret | ForEach-Object State"
        $arguments = @($pwsh | Select-Object -Skip 1) + '-NoLogo', '-NoProfile', '-Command', $script

        $output = 'orders' | & $pwsh[0] @arguments

        $output -join ' ' | Should -Match 'Supply values for the following parameters:\s.*Source: .*Enabled$'
    }

    It 'says that a target does not exist' {
        { Enable-FanOutTarget absent -SourceArn $orders -ErrorAction Stop } | Should -Throw -ErrorId 'TargetNotFound,FanOut.Commands.EnableFanOutTargetCommand'
    }
}
