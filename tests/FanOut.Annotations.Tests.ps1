# What the cmdlets write in runs of GitHub Actions and of Azure Pipelines, as the service reads it: lines of the standard output of a process.
Describe 'Annotations' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        . (Join-Path $PSScriptRoot Pwsh.ps1)

        $repository = Join-Path $TestDrive shop
        $null = New-Item -ItemType Directory -Path $repository
        $github = @{ GITHUB_ACTIONS = 'true'; GITHUB_WORKSPACE = $repository; TF_BUILD = $null; FANOUT_ANNOTATE = 'true' }
        $azure = @{ GITHUB_ACTIONS = $null; TF_BUILD = 'True'; BUILD_SOURCESDIRECTORY = $repository; FANOUT_ANNOTATE = 'true' }
        $secrets = @{ TEST_SECRET = 'TOP-SECRET-KEY'; TEST_TOKEN = 'TOP-SECRET-TOKEN'; TEST_PASSWORD = 'TOP%25SECRET'; TEST_OTHER = 'OTHER-SECRET' }

        # Runs lines as a script of the repository; its first line is the first one given.
        function Invoke-Script([hashtable] $Environment, [string[]] $Line, [string] $Folder = $repository) {
            $prologue = "Import-Module '$manifest'; `$PSDefaultParameterValues = @{ '*-FanOut*:EndpointUrl' = '$($cloud.Endpoint)'; '*-FanOut*:Region' = 'us-east-1'; " +
                "'*-FanOut*:AccessKey' = 'AKIATESTSOFFANOUT000'; '*-FanOut*:SecretKey' = `$env:TEST_SECRET; '*-FanOut*:SessionToken' = `$env:TEST_TOKEN }; "
            $script = Join-Path $Folder deploy.ps1
            Set-Content -Path $script -Value (@($prologue + $Line[0]) + @($Line | Select-Object -Skip 1))
            Invoke-Pwsh -Environment ($Environment + $secrets) -Arguments '-File', $script
        }

        # The variables of one environment, but for those that another one has.
        function Join-Environment([hashtable] $First, [hashtable] $Second) {
            $all = $First.Clone()
            foreach ($name in $Second.Keys) { $all[$name] = $Second[$name] }
            $all
        }

        # The kinds, files, lines and titles or codes of the annotations, in order.
        function Get-Annotation($Result) {
            foreach ($line in $Result.StandardOutput) {
                if ($line -match '^::(error|warning) (?:file=([^,]*),line=(\d+),col=\d+,)?title=([^:]*)::') { "$($Matches[1]) $([IO.Path]::GetFileName($Matches[2])) $($Matches[3]) $($Matches[4])" }
                if ($line -match '^##vso\[task\.logissue type=(error|warning);(?:sourcepath=([^;]*);linenumber=(\d+);columnnumber=\d+;)?code=([^;]*);\]') {
                    "$($Matches[1]) $([IO.Path]::GetFileName($Matches[2])) $($Matches[3]) $($Matches[4])"
                }
            }
        }
        $lines = @(
            ''
            "`$captured = Register-FanOutTarget sqs copy $archive -SourceArn $orders -Force *>&1"
            'Get-FanOutTarget absent'
            'Get-FanOutTarget silent -ErrorAction SilentlyContinue'
            'Get-FanOutTarget ignored -ErrorAction Ignore'
            'Get-FanOutTarget expected -Annotate:$false'
            'try { Get-FanOutTarget stopped -ErrorAction Stop } catch { "caught" }'
            'Get-FanOutTarget -EndpointUrl http://127.0.0.1:1 -ErrorAction Ignore'
            "`$null = Register-FanOutTarget sqs quiet $archive -SourceArn $orders -Force -WarningAction SilentlyContinue"
            '$WarningPreference = $ErrorActionPreference = "SilentlyContinue"'
            "`$null = Register-FanOutTarget sqs hushed $archive -SourceArn $orders -Force"
            'Get-FanOutTarget hidden'
            'Get-FanOutTarget -EndpointUrl http://127.0.0.1:1'
            '"captured $($captured.Count): $($captured[0].Id)"'
        )
    }
    AfterAll { Stop-Cloud }

    It 'of GitHub Actions stand at the line of the call, for what is shown' {
        $result = Invoke-Script $github $lines

        Get-Annotation $result | Should -Be @(
            'warning deploy.ps1 2 Register-FanOutTarget'
            'error deploy.ps1 3 Get-FanOutTarget%3A TargetNotFound'
            'error deploy.ps1 7 Get-FanOutTarget%3A TargetNotFound'
            'error deploy.ps1 8 Get-FanOutTarget%3A EndpointUnreachable'
        )
        $result.ExitCode | Should -Be 0
        $result.StandardOutput | Should -Contain 'captured 2: copy' -Because 'the target and the warning were captured, and no annotation'
        @($result.StandardOutput) -match '^::error.*absent' | Should -Match "::There is no target 'absent' .*\. Get-FanOutTarget lists the targets\."
    }

    It 'of Azure Pipelines stand at the line of the call, for what is shown' {
        Get-Annotation (Invoke-Script $azure $lines) | Should -Be @(
            'warning deploy.ps1 2 Register-FanOutTarget'
            'error deploy.ps1 3 TargetNotFound'
            'error deploy.ps1 7 TargetNotFound'
            'error deploy.ps1 8 EndpointUnreachable'
        )
    }

    It 'have no line where the script is not of the repository' {
        $folder = Join-Path $TestDrive _temp
        $null = New-Item -ItemType Directory -Path $folder
        Get-Annotation (Invoke-Script $github 'Get-FanOutTarget absent' $folder) | Should -Be 'error   Get-FanOutTarget%3A TargetNotFound'
    }

    It 'are for those who ask for them: <Name>' -ForEach @(
        @{ Name = 'by nobody'; Environment = @{ GITHUB_ACTIONS = 'true'; FANOUT_ANNOTATE = $null }; Arguments = ''; Count = 0 }
        @{ Name = 'by -Annotate'; Environment = @{ GITHUB_ACTIONS = 'true'; FANOUT_ANNOTATE = $null }; Arguments = '-Annotate'; Count = 1 }
        @{ Name = 'by a default value'; Environment = @{ GITHUB_ACTIONS = 'true'; FANOUT_ANNOTATE = '0' }; Arguments = '; $PSDefaultParameterValues["*-FanOut*:Annotate"] = $true; Get-FanOutTarget absent'; Count = 1 }
        @{ Name = 'where no service runs'; Environment = @{ GITHUB_ACTIONS = $null; TF_BUILD = $null; FANOUT_ANNOTATE = '1' }; Arguments = '-Annotate'; Count = 0 }
    ) {
        $result = Invoke-Script (Join-Environment $github $Environment) "Get-FanOutTarget absent $Arguments"

        @(Get-Annotation $result).Count | Should -Be $Count
        if (-not $Count) { $result.StandardOutput -match '::|##vso' | Should -BeNullOrEmpty -Because 'secrets are masked for those who ask for annotations, too' }
    }

    It 'are refused where the variable says neither yes nor no' {
        $result = Invoke-Script (Join-Environment $github @{ FANOUT_ANNOTATE = 'perhaps' }) "try { Get-FanOutTarget } catch { `"`$_ `$(`$_.FullyQualifiedErrorId)`" }"

        $result.StandardOutput | Should -Be "The environment variable FANOUT_ANNOTATE is 'perhaps'; it takes true or false. InvalidParameter,FanOut.Commands.GetFanOutTargetCommand"
    }

    Context 'mask the secrets of <Service>, and show them nowhere' -ForEach @(
        @{ Service = 'GitHub'; Mask = '::add-mask::'; Encoded = 'TOP%2525SECRET'; Plain = 'TOP%25SECRET' }
        @{ Service = 'Azure'; Mask = '##vso[task.setsecret]'; Encoded = 'TOP%AZP2525SECRET'; Plain = 'TOP%AZP25SECRET' }
    ) {
        BeforeAll {
            $transcript = Join-Path $TestDrive "$Service.txt"
            $result = Invoke-Script ($Service -eq 'GitHub' ? $github : $azure) @(
                "`$null = Start-Transcript -Path '$transcript'"
                "`$output = @(Register-FanOutTarget redis cache `"rediss://user:`$(`$env:TEST_PASSWORD)@cache.example.com:6379`" -SourceArn $orders -Force *>&1)"
                '$login = [pscredential]::new("AKIATESTSOFFANOUT000", (ConvertTo-SecureString $env:TEST_OTHER -AsPlainText))'
                '$PSDefaultParameterValues.Remove("*-FanOut*:AccessKey"); $PSDefaultParameterValues.Remove("*-FanOut*:SecretKey"); $PSDefaultParameterValues.Remove("*-FanOut*:SessionToken")'
                '$output += Get-FanOutTarget cache -Credential $login *>&1'
                '$job = Start-Job { Import-Module $using:manifest; Get-FanOutTarget absent -EndpointUrl $using:endpoint -Region us-east-1 -AccessKey AKIATESTSOFFANOUT000 -SecretKey JOB-SECRET }'
                '$job | Receive-Job -Wait -AutoRemoveJob'
                '$output | Out-String'
                '$null = Stop-Transcript'
            ).Replace('$using:manifest', "'$manifest'").Replace('$using:endpoint', "'$($cloud.Endpoint)'")
            $masks = @($result.StandardOutput | Where-Object { $_.StartsWith($Mask) } | ForEach-Object { $_.Substring($Mask.Length) })
            $others = "$($result.Output | Where-Object { -not $_.StartsWith($Mask) }) $(Get-Content -Raw $transcript)"
        }

        It 'once each' { $masks | Should -Be 'TOP-SECRET-KEY', 'TOP-SECRET-TOKEN', $Plain, $Encoded, 'OTHER-SECRET' }

        It 'not <_>' -ForEach 'TOP-SECRET', 'SECRET-TOKEN', 'TOP%', 'OTHER-SECRET', 'JOB-SECRET' { $others | Should -Not -Match $_ }
    }

    It 'leave progress out' {
        $result = Invoke-Pwsh -Environment $github -Script @"
            Import-Module '$manifest'
            `$shell = [powershell]::Create().AddScript("Import-Module '$manifest'; Connect-FanOutSource -SourceArn $orders -Wait -OnFailureDestination $archive -EndpointUrl $($cloud.Endpoint) -Region us-east-1 -AccessKey AKIATESTSOFFANOUT000 -SecretKey secret")
            `$source = `$shell.Invoke()
            "`$(`$source.State) `$(`$shell.Streams.Progress.Count) `$(`$shell.Streams.Error)"
"@
        $result.StandardOutput[-1] | Should -Be 'Enabled 0 '
    }
}
