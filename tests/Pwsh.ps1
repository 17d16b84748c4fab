# Dot-source this in BeforeAll: Invoke-Pwsh runs a script in a new process of this PowerShell, in which nothing of FanOut is loaded.

$root = Split-Path -Parent $PSScriptRoot
. (Join-Path $PSScriptRoot Module.ps1)

# The dotnet tool has no program of its own: dotnet runs its library.
$pwsh = @([Environment]::ProcessPath)
if ([IO.Path]::GetFileNameWithoutExtension($pwsh[0]) -eq 'dotnet') { $pwsh += Join-Path $PSHOME pwsh.dll }

# Its exit code, the lines of both of its streams, and those of its standard output alone; without colours.
function Invoke-Pwsh([string] $Script, [hashtable] $Environment = @{}, [string[]] $Arguments = @('-Command', $Script)) {
    $Environment = $Environment + @{ NO_COLOR = '1' }
    $before = @{}
    foreach ($name in $Environment.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $Environment[$name])
    }

    try {
        $all = @($pwsh | Select-Object -Skip 1) + '-NoLogo', '-NoProfile', '-NonInteractive' + $Arguments
        $output = @(& $pwsh[0] @all 2>&1)
        [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = @($output | ForEach-Object { "$_" }); StandardOutput = @($output | Where-Object { $_ -is [string] }) }
    }
    finally { foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name] ?? [NullString]::Value) } }
}
