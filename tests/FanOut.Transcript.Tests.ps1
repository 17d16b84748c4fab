Describe 'A transcript' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        . (Join-Path $PSScriptRoot Pwsh.ps1)

        # PowerShell itself writes the lines that are typed: secrets come from variables here, as they do in pipelines.
        $file = Join-Path $TestDrive transcript.txt
        $secrets = @{ TEST_SECRET = 'TOP-SECRET-KEY'; TEST_TOKEN = 'TOP-SECRET-TOKEN'; TEST_PASSWORD = 'TOP-SECRET-PASSWORD' }
        $result = Invoke-Pwsh -Environment $secrets -Script @"
            `$null = Start-Transcript -Path '$file'
            Import-Module '$manifest'
            `$PSDefaultParameterValues = @{
                '*-FanOut*:EndpointUrl' = '$($cloud.Endpoint)'; '*-FanOut*:Region' = 'us-east-1'
                '*-FanOut*:AccessKey' = 'AKIATESTSOFFANOUT000'; '*-FanOut*:SecretKey' = `$env:TEST_SECRET; '*-FanOut*:SessionToken' = `$env:TEST_TOKEN
            }
            `$VerbosePreference = `$DebugPreference = 'Continue'
            Register-FanOutTarget redis cache "rediss://user:`$(`$env:TEST_PASSWORD)@cache.example.com:6379" -SourceArn $orders
            Register-FanOutTarget redis cache "rediss://user:`$(`$env:TEST_PASSWORD)@cache.example.com:6379" -SourceArn $orders -Enabled -Force -WhatIf
            Register-FanOutTarget redis bad "rediss://user:`$(`$env:TEST_PASSWORD)@cache.example.com:port" -SourceArn $orders
            Get-FanOutTarget
            Get-FanOutTarget | Format-List -Property *
            Get-FanOutTarget absent
            Get-FanOutFunction -FunctionName absent
            Get-FanOutTarget -EndpointUrl http://127.0.0.1:1
            try { Unregister-FanOutTarget absent -SourceArn $orders -Confirm:`$false -ErrorAction Stop } catch { `$_ }
            `$Error | Format-List -Property * -Force
            Get-Error -Newest 10
            `$null = Stop-Transcript
"@
        $transcript = Get-Content -Raw -Path $file
    }
    AfterAll { Stop-Cloud }

    It 'holds what was shown' {
        $transcript | Should -Match 'rediss://\*\*\*@cache\.example\.com:6379'
        $transcript | Should -Match 'VERBOSE: '
        $transcript | Should -Match 'What if: '
        $transcript | Should -Match 'TargetNotFound'
        $transcript | Should -Match 'FunctionNotFound'
    }

    It 'holds no secret: <_>' -ForEach 'TOP-SECRET-KEY', 'TOP-SECRET-TOKEN', 'TOP-SECRET-PASSWORD' {
        # The host breaks lines wherever they end.
        $transcript -replace '\s' | Should -Not -Match $_
        "$($result.Output)" -replace '\s' | Should -Not -Match $_
    }
}
