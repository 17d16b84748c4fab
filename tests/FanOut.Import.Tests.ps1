Describe 'Importing the module FanOut' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        . (Join-Path $PSScriptRoot Pwsh.ps1)
        $account = @{ AWS_ENDPOINT_URL = "$($cloud.Endpoint)"; AWS_REGION = 'us-east-1'; AWS_ACCESS_KEY_ID = 'AKIATESTSOFFANOUT000'; AWS_SECRET_ACCESS_KEY = 'secret' }
    }
    AfterAll { Stop-Cloud }
    BeforeEach { Clear-Call }

    It 'loads two assemblies of its own, and nothing of the AWS SDK' {
        $result = Invoke-Pwsh @"
            `$before = [AppDomain]::CurrentDomain.GetAssemblies().FullName
            `$watch = [Diagnostics.Stopwatch]::StartNew()
            Import-Module '$manifest'
            `$watch.ElapsedMilliseconds
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object FullName -notin `$before | Where-Object Location -like '$module*' | ForEach-Object { `$_.GetName().Name } | Sort-Object
"@
        $milliseconds, $loaded = $result.Output
        Write-Host "Import-Module FanOut took $milliseconds ms in a new session."

        $result.ExitCode | Should -Be 0
        $loaded | Should -Be 'FanOut', 'FanOut.Loader'
    }

    It 'calls nobody' {
        (Invoke-Pwsh "Import-Module '$manifest'; (Get-Module FanOut).Name" -Environment $account).Output | Should -Be 'FanOut'
        $cloud.Calls.Count | Should -Be 0

        (Invoke-Pwsh "Import-Module '$manifest'; (Get-FanOutFunction).FunctionName" -Environment $account).Output | Should -Be 'fanout'
        $cloud.Calls.Count | Should -BeGreaterThan 0
    }

    It 'of a clone that is not built says what to do, in one sentence' {
        $clone = New-Item -ItemType Directory -Path (Join-Path $TestDrive clone)
        Copy-Item -Path (Join-Path $module FanOut.ps*1), (Join-Path $module FanOut.Format.ps1xml) -Destination $clone
        $advice = "FanOut is not built yet: run 'dotnet build' in '$clone', then import it again."

        { Import-Module (Join-Path $clone FanOut.psd1) } | Should -Throw $advice
        (Invoke-Pwsh "try { Import-Module '$clone/FanOut.psd1' -ErrorAction Stop } catch { `$_.Exception.Message }").Output | Should -Be $advice
        (Invoke-Pwsh "Import-Module '$clone/FanOut.psd1' -ErrorAction Stop").ExitCode | Should -Be 1
    }

    It 'from another folder than before says that this takes a new session, and leaves what is there' {
        $other = New-Item -ItemType Directory -Path (Join-Path $TestDrive other)
        Copy-Item -Path (Join-Path $module FanOut.ps*1), (Join-Path $module FanOut.Format.ps1xml), (Join-Path $module bin) -Destination $other -Recurse

        (Invoke-Pwsh -Environment $account -Script @"
            Import-Module '$manifest'
            try { Import-Module '$other/FanOut.psd1' -Force -ErrorAction Stop } catch { `$_.Exception.Message }
            (Get-FanOutFunction).FunctionName
"@).Output | Should -Be "This session has loaded FanOut from '$module': start a new one to import it from '$other'.", 'fanout'
    }
}
