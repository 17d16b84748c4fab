#Requires -Version 7.4

# Installs the module as the inputs of action.yml say.
$ErrorActionPreference = 'Stop'

function ConvertTo-Flag([string] $Name, [string] $Text) {
    if ($Text -notin 'true', 'false') { throw "The input $Name is '$Text': it is true or false." }
    $Text -eq 'true'
}

$prerelease = ConvertTo-Flag prerelease $env:SETUP_PRERELEASE
$annotate = ConvertTo-Flag annotate $env:SETUP_ANNOTATE
$wanted = @{ Name = 'FanOut' }
if ($env:SETUP_VERSION) { $wanted.Version = $env:SETUP_VERSION }

try { Install-PSResource @wanted -Prerelease:$prerelease -Repository $env:SETUP_REPOSITORY -TrustRepository -WarningAction SilentlyContinue }
catch { throw "FanOut $env:SETUP_VERSION could not be installed from the repository ${env:SETUP_REPOSITORY}: $_" }
$installed = Get-InstalledPSResource @wanted | Sort-Object -Property Version | Select-Object -Last 1

$version = "$($installed.Version)" + ($installed.Prerelease ? "-$($installed.Prerelease)" : '')
"version=$version" >> $env:GITHUB_OUTPUT
"FANOUT_ANNOTATE=$("$annotate".ToLowerInvariant())" >> $env:GITHUB_ENV
"FanOut $version is installed."
