Describe 'The module as a package' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        . (Join-Path $PSScriptRoot Pwsh.ps1)
        $data = Import-PowerShellDataFile $manifest
        $prerelease = $data.PrivateData.PSData['Prerelease']
        $version = $data.ModuleVersion + ($prerelease ? "-$prerelease" : '')
        $folder = Join-Path $root artifacts module FanOut $data.ModuleVersion
        $nupkg = Join-Path $root artifacts package "FanOut.$version.nupkg"

        function Invoke-Package {
            $result = Invoke-Pwsh -Arguments '-File', (Join-Path $root build.ps1), '-Task', 'Package'
            if ($result.ExitCode) { throw $result.Output -join "`n" }
            $result.Output
        }

        function Get-File([string] $Path) { Get-ChildItem -Path $Path -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($Path, $_).Replace('\', '/') } }

        function Get-Entry([string] $Path) {
            $zip = [IO.Compression.ZipFile]::OpenRead($Path)
            try { $zip.Entries | Select-Object -ExpandProperty FullName }
            finally { $zip.Dispose() }
        }

        # A session of a user who has nothing yet. PSResourceGet looks at HOME where PowerShell looks at XDG_DATA_HOME; without a PSModulePath a session knows the
        # user's modules, and no others of this one.
        function New-User([string] $Name) {
            $null = New-Item -ItemType Directory -Path (Join-Path $TestDrive $Name .config)
            $data = New-Item -ItemType Directory -Path (Join-Path $TestDrive $Name .local share)
            @{ HOME = Join-Path $TestDrive $Name; XDG_DATA_HOME = "$data"; PSModulePath = [NullString]::Value }
        }

        # The function's programs are packed where the gate has linked them, and are optional on a developer's machine.
        $output = Invoke-Package
        $programs = 'bin/function/fanout-linux-arm64.zip', 'bin/function/fanout-linux-x64.zip' |
            Where-Object { $env:FANOUT_REQUIRE_SERVERS ? (Test-Path (Join-Path $root $_)) : (Test-Path (Join-Path $folder $_)) }
        $files = @(
            'FanOut.Format.ps1xml'
            'FanOut.psd1'
            'FanOut.psm1'
            'FanOut.schema.json'
            'LICENSE'
            'THIRD-PARTY-NOTICES.txt'
            'bin/AWSSDK.Core.dll'
            'bin/AWSSDK.DynamoDBv2.dll'
            'bin/AWSSDK.SSO.dll'
            'bin/AWSSDK.SSOOIDC.dll'
            'bin/AWSSDK.SecurityToken.dll'
            'bin/FanOut.Aws.dll'
            'bin/FanOut.Engine.dll'
            'bin/FanOut.Loader.dll'
            'bin/FanOut.dll'
            'bin/Microsoft.Extensions.DependencyInjection.Abstractions.dll'
            'bin/Microsoft.Extensions.Logging.Abstractions.dll'
            'bin/RESPite.dll'
            'bin/StackExchange.Redis.dll'
            'bin/System.Diagnostics.DiagnosticSource.dll'
            'bin/System.IO.Hashing.dll'
            'bin/System.IO.Pipelines.dll'
            'bin/YamlDotNet.dll'
            'bin/function/fanout-dotnet10.zip'
            $programs
            'en-US/FanOut.dll-Help.xml'
            'en-US/about_FanOut.help.txt'
        ) | Sort-Object
    }
    AfterAll { Stop-Cloud }

    It 'has these files, and no others' {
        Get-File $folder | Sort-Object | Should -Be $files
        # The other three are the container's own.
        Get-Entry $nupkg | Where-Object { $_ -notmatch '^(_rels/|package/|\[Content_Types\]\.xml$|FanOut\.nuspec$)' } | Sort-Object | Should -Be $files
    }

    It 'says which of the function''s packages it lacks' {
        'fanout-linux-x64.zip', 'fanout-linux-arm64.zip' | Where-Object { "bin/function/$_" -notin $programs } | ForEach-Object {
            ($output -join "`n") | Should -Match "packed without $([regex]::Escape($_)), which is missing or older than its sources: run './build\.ps1 -Task Publish'"
        }
    }

    It 'holds the function as it is deployed' {
        foreach ($file in 'bin/function/fanout-dotnet10.zip', $programs | ForEach-Object { $_ }) {
            Get-Entry (Join-Path $folder $file) | Should -Contain ($file -like '*dotnet*' ? 'bootstrap.dll' : 'bootstrap')
            (Get-FileHash (Join-Path $folder $file)).Hash | Should -Be (Get-FileHash (Join-Path $root $file)).Hash
        }
    }

    It 'is told to the Gallery as PowerShell tells it' {
        $target = New-Item -ItemType Directory -Path (Join-Path $TestDrive compressed)
        $theirs = Compress-PSResource -Path $folder -DestinationPath $target -PassThru
        function Get-Nuspec($Path) {
            $zip = [IO.Compression.ZipFile]::OpenRead($Path)
            try { [IO.StreamReader]::new($zip.GetEntry('FanOut.nuspec').Open()).ReadToEnd() }
            finally { $zip.Dispose() }
        }

        Get-Nuspec $nupkg | Should -BeExactly (Get-Nuspec $theirs.FullName)
        $metadata = ([xml](Get-Nuspec $nupkg)).package.metadata
        $metadata.id, $metadata.version | Should -Be 'FanOut', $version
        $metadata.tags | Should -Match '^PSModule .*\bPSEdition_Core\b'
        $metadata.licenseUrl | Should -Be $data.PrivateData.PSData.LicenseUri
        $metadata.releaseNotes.Length | Should -BeGreaterThan 100
        Get-Entry $nupkg | Where-Object { $_ -notlike 'package/*' } | Sort-Object | Should -Be (Get-Entry $theirs.FullName | Where-Object { $_ -notlike 'package/*' } | Sort-Object)
    }

    It 'has the manifest of the sources, with the notes of its version' {
        $released = Import-PowerShellDataFile (Join-Path $folder FanOut.psd1)
        $notes = $released.PrivateData.PSData.ReleaseNotes
        $changes = Get-Content -Raw (Join-Path $root CHANGELOG.md)

        $changes.Contains($notes.Split("`n")[0]) | Should -BeTrue
        $notes.Split("`n")[-1] | Should -Be "All versions: $($data.PrivateData.PSData.ReleaseNotes)"
        function Get-Value($Table) { $Table.GetEnumerator() | Where-Object Key -NotIn PrivateData, ReleaseNotes | Sort-Object Key | ForEach-Object { "$($_.Key): $($_.Value)" } }
        Get-Value $released | Should -Be (Get-Value $data)
        Get-Value $released.PrivateData.PSData | Should -Be (Get-Value $data.PrivateData.PSData)
    }

    It 'has the notices of all that it passes on' {
        $notices = Get-Content -Raw (Join-Path $folder THIRD-PARTY-NOTICES.txt)

        $files | Where-Object { $_ -like 'bin/*.dll' -and $_ -notlike 'bin/FanOut*' } | ForEach-Object {
            $notices | Should -Match "(?m)^$([regex]::Escape([IO.Path]::GetFileNameWithoutExtension($_))) \d+(\.\d+)+$"
        }
        $notices.Contains('Microsoft.NETCore.App.Runtime.NativeAOT.') | Should -Be ([bool]$programs)
    }

    It 'lies beside the function''s packages, debug files, a bill of materials and checksums' {
        $beside = Split-Path -Parent $nupkg
        $functions = @('fanout-dotnet10.zip') + @($programs | Split-Path -Leaf)
        Get-File $beside | Sort-Object | Should -Be (@('SHA256SUMS', "FanOut.$version.cdx.json", "FanOut.$version.nupkg", "FanOut.$version.symbols.zip") + $functions | Sort-Object)

        Get-Content (Join-Path $beside SHA256SUMS) | ForEach-Object {
            $sum, $file = $_ -split '  '
            (Get-FileHash (Join-Path $beside $file)).Hash | Should -Be $sum
            $file
        } | Sort-Object | Should -Be (Get-File $beside | Where-Object { $_ -ne 'SHA256SUMS' } | Sort-Object)

        $symbols = 'module/FanOut.Aws.pdb', 'module/FanOut.Engine.pdb', 'module/FanOut.Loader.pdb', 'module/FanOut.pdb'
        Get-Entry (Join-Path $beside "FanOut.$version.symbols.zip") | Where-Object { $_ -like 'module/*' } | Sort-Object | Should -Be $symbols
    }

    It 'has a bill of its materials, of which there are notices too' {
        $bill = Get-Content -Raw (Join-Path $root artifacts package "FanOut.$version.cdx.json") | ConvertFrom-Json
        $notices = Get-Content -Raw (Join-Path $folder THIRD-PARTY-NOTICES.txt)

        $bill.bomFormat | Should -Be 'CycloneDX'
        "$($bill.metadata.component.name) $($bill.metadata.component.version)" | Should -Be "FanOut $version"
        $bill.components | Where-Object { -not $_.licenses } | Should -BeNullOrEmpty
        $bill.components | ForEach-Object { "$($_.name) $($_.version)" } | Sort-Object |
            Should -Be ([regex]::Matches($notices, '(?m)^(\S+ \d+(\.\d+)+)\n    ') | ForEach-Object { $_.Groups[1].Value } | Sort-Object)
    }

    It 'is the same, byte by byte, when it is made again' {
        $before = Get-ChildItem -Path (Split-Path -Parent $nupkg) | Get-FileHash
        $null = Invoke-Package
        (Get-ChildItem -Path (Split-Path -Parent $nupkg) | Get-FileHash).Hash | Should -Be $before.Hash
    }

    It 'can be published to a repository' -Skip:$IsWindows {
        $target = New-Item -ItemType Directory -Path (Join-Path $TestDrive published)

        $result = Invoke-Pwsh -Environment (New-User publisher) -Script @"
            Register-PSResourceRepository -Name target -Uri '$target' -Trusted
            & '$(Join-Path $root build.ps1)' -Task PublishPackage -Repository target
"@

        $result.Output | Should -BeNullOrEmpty
        (Get-ChildItem -Path $target | Get-FileHash).Hash | Should -Be (Get-FileHash $nupkg).Hash
    }

    Context 'installed from a folder' {
        BeforeAll {
            # Windows knows no other place for a user's modules; there only a machine that is thrown away gets one.
            if ($IsWindows -and -not $env:CI) {
                Set-ItResult -Skipped -Because 'it would install into this user''s modules'
                return
            }
            $feed = New-Item -ItemType Directory -Path (Join-Path $TestDrive feed)
            Copy-Item -Path $nupkg -Destination $feed
            $user = New-User user
            $account = @{ AWS_ENDPOINT_URL = "$($cloud.Endpoint)"; AWS_REGION = 'us-east-1'; AWS_ACCESS_KEY_ID = 'AKIATESTSOFFANOUT000'; AWS_SECRET_ACCESS_KEY = 'secret' }
            $installation = Invoke-Pwsh -Environment $user -Script @"
                Register-PSResourceRepository -Name feed -Uri '$feed' -Trusted
                Install-PSResource FanOut -Repository feed -Version $version -Prerelease:`$$([bool]$prerelease)
"@
        }

        It 'is there, in the user''s modules, with its help' {
            $result = Invoke-Pwsh -Environment ($user + $account) -Script @'
                (Get-FanOutFunction fanout).FunctionName
                (Get-Module FanOut).ModuleBase
                (Get-Help Get-FanOutFunction).Synopsis
                Get-Help about_FanOut | Out-String | ForEach-Object Length
'@

            $installation.Output -join "`n" | Should -BeNullOrEmpty
            $result.Output[0] | Should -Be 'fanout'
            if (-not $IsWindows) { $result.Output[1] | Should -Be (Join-Path $user.XDG_DATA_HOME powershell Modules FanOut $data.ModuleVersion) }
            $result.Output[2] | Should -Match '^[A-Z].+\.$'
            [int]$result.Output[3] | Should -BeGreaterThan 1000
            Get-File $result.Output[1] | Where-Object { $_ -ne 'PSGetModuleInfo.xml' } | Sort-Object | Should -Be $files
        }

        It 'publishes its own package and delivers, by the lines of the README' {
            $null = 'audit-queue', 'big-orders', 'orders-failed' | ForEach-Object { $cloud.Sqs.CreateQueue($_) }
            $readme = Get-Content -Raw (Join-Path $root README.md)
            $lines = [regex]::Match($readme, '(?s)## In your account.+?```powershell\n(.+?)```').Groups[1].Value
            $own = $programs -contains 'bin/function/fanout-linux-x64.zip' -and $IsLinux -and [Runtime.InteropServices.RuntimeInformation]::OSArchitecture -eq 'X64'

            $result = Invoke-Pwsh -Environment ($user + $account) -Script @"
                `$ErrorActionPreference = 'Stop'
                Import-Module FanOut
                `$PSDefaultParameterValues['*-FanOut*:FunctionName'] = 'shipped'
                $($own ? "`$PSDefaultParameterValues['Publish-FanOutFunction:Architecture'] = 'x86_64'" : "`$PSDefaultParameterValues['Publish-FanOutFunction:Runtime'] = 'dotnet10'")
                $lines
"@
            $result.ExitCode | Should -Be 0 -Because ($result.Output -join "`n")
            $file = $own ? 'fanout-linux-x64.zip' : 'fanout-dotnet10.zip'
            $hash = [Convert]::ToBase64String([Security.Cryptography.SHA256]::HashData([IO.File]::ReadAllBytes((Join-Path $folder bin function $file))))
            (Get-FanOutFunction shipped).CodeSha256 | Should -Be $hash
            $lambda.Find('shipped').Configuration.Tags['fanout:version'] | Should -Be "$version $hash"

            'small', 'large' | ForEach-Object {
                $record = ConvertTo-Json @{ order = $_; total = $_ -eq 'large' ? 2000 : 20 } -Compress
                $null = $cloud.Kinesis.Find('orders').Put($_, [Text.Encoding]::UTF8.GetBytes($record))
            }
            function Get-Order([string] $Queue) {
                $cloud.Sqs.Received | Where-Object { $_.IsFor($Queue) } | ForEach-Object { ($_.Text | ConvertFrom-Json).Records }
            }
            $patience = [Diagnostics.Stopwatch]::StartNew()
            do { Start-Sleep -Milliseconds 100 } until ((@(Get-Order audit-queue).Count -ge 2 -and @(Get-Order big-orders).Count -ge 1) -or $patience.Elapsed.TotalSeconds -gt 60)

            (Get-Order audit-queue).order | Sort-Object | Should -Be 'large', 'small'
            (Get-Order big-orders).order | Should -Be 'large'
        }

        It 'knows what it has published' {
            (Invoke-Pwsh -Environment ($user + $account) -Script '(Get-FanOutFunction shipped).VersionComparison').Output | Should -Be 'Same'
        }
    }
}
