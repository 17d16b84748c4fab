<#
.SYNOPSIS
Writes the nuspec of a module as PowerShell itself writes it for the Gallery.
#>
[CmdletBinding()]
param(
    # The module's folder, named by its version.
    [Parameter(Mandatory)] [string] $Module,

    # The file to write.
    [Parameter(Mandatory)] [string] $Nuspec
)

$ErrorActionPreference = 'Stop'
$folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName()))).FullName
try {
    $package = Compress-PSResource -Path $Module.TrimEnd('/', '\') -DestinationPath $folder -PassThru
    $zip = [IO.Compression.ZipFile]::OpenRead($package.FullName)
    try { [IO.Compression.ZipFileExtensions]::ExtractToFile($zip.GetEntry('FanOut.nuspec'), $Nuspec, $true) }
    finally { $zip.Dispose() }
}
finally { Remove-Item -Path $folder -Recurse }
