# The table of exit codes in docs/pipelines.md, in processes of this PowerShell.
Describe 'The exit code' {
    BeforeDiscovery {
        $missing = 'Get-FanOutTarget absent @account'
        $unreachable = "Get-FanOutTarget -EndpointUrl http://127.0.0.1:1 -Region us-east-1 -AccessKey AKIATESTSOFFANOUT000 -SecretKey secret"
        $cases = @(
            @{ What = 'a warning'; Script = 'Register-FanOutTarget sqs copy $archive -SourceArn $orders -Force -WarningAction Continue @account'; File = 0 }
            @{ What = 'an error, also of the last command'; Script = $missing; File = 0; Command = 0 }
            @{ What = 'an error that ends the cmdlet'; Script = $unreachable; File = 0; Command = 0 }
            @{ What = 'an error with -ErrorAction Stop'; Script = "$missing -ErrorAction Stop; 'on'"; File = 1; Command = 1 }
            @{ What = 'an error with $ErrorActionPreference Stop'; Script = "`$ErrorActionPreference = 'Stop'; $unreachable; 'on'"; File = 1; Command = 1 }
            @{ What = 'an error that was caught'; Script = "try { $missing -ErrorAction Stop } catch { 'caught' }"; File = 0 }
        )
    }
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        . (Join-Path $PSScriptRoot Pwsh.ps1)

        function New-Script([string] $Line) {
            $path = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
            Set-Content -Path $path -Value @(
                "Import-Module '$manifest'"
                "`$account = @{ EndpointUrl = '$($cloud.Endpoint)'; Region = 'us-east-1'; AccessKey = 'AKIATESTSOFFANOUT000'; SecretKey = 'secret' }"
                "`$orders = '$orders'; `$archive = '$archive'"
                $Line
            )
            $path
        }
    }
    AfterAll { Stop-Cloud }

    It 'after <What> is <File> with -File' -ForEach $cases {
        $path = New-Script $Script

        (Invoke-Pwsh -Arguments '-File', $path).ExitCode | Should -Be $File
        if ($null -ne $Command) { (Invoke-Pwsh -Arguments '-Command', "& '$path'").ExitCode | Should -Be $Command }
    }

    It 'of a cmdlet that failed as the last command of -Command is 1' {
        (Invoke-Pwsh -Arguments '-Command', (Get-Content (New-Script 'Get-FanOutTarget absent @account') -Raw)).ExitCode | Should -Be 1
    }

    It 'of a script gets through -Command by $LASTEXITCODE' {
        $path = Join-Path $TestDrive exit.ps1
        Set-Content -Path $path -Value 'exit 3'

        (Invoke-Pwsh -Arguments '-File', $path).ExitCode | Should -Be 3
        (Invoke-Pwsh -Arguments '-Command', "& '$path'").ExitCode | Should -Be 1
        (Invoke-Pwsh -Arguments '-Command', "& '$path'; exit `$LASTEXITCODE").ExitCode | Should -Be 3
    }

    It 'of a file that is not there is 64 with -File and 1 with -Command' {
        (Invoke-Pwsh -Arguments '-File', (Join-Path $TestDrive absent.ps1)).ExitCode | Should -Be 64
        (Invoke-Pwsh -Arguments '-Command', "& '$(Join-Path $TestDrive absent.ps1)'").ExitCode | Should -Be 1
    }

    It 'of a script that stopped is that of the step, as the runner of GitHub Actions runs it' {
        # The first error ends the script although the script does not say so: it inherits the preference.
        $step = New-Script "& '$(New-Script "Get-FanOutTarget absent @account; 'on'")'"
        Set-Content -Path $step -Value (@('$ErrorActionPreference = ''stop''') + (Get-Content $step) + 'if ((Test-Path -LiteralPath variable:\LASTEXITCODE)) { exit $LASTEXITCODE }')

        $result = Invoke-Pwsh -Arguments '-Command', ". '$step'"
        $result.ExitCode | Should -Be 1
        $result.Output | Should -Not -Contain 'on'
    }
}
