$loader = [System.IO.Path]::Combine($PSScriptRoot, 'bin', 'FanOut.Loader.dll')
if (-not [System.IO.File]::Exists($loader)) { throw "FanOut is not built yet: run 'dotnet build' in '$PSScriptRoot', then import it again." }

# .NET keeps the assembly of a name that it loaded first: it refuses another one, and takes the first for a copy, whatever lies beside that.
try { [void][System.Reflection.Assembly]::LoadFrom($loader) } catch [System.IO.FileLoadException] { }
$loaded = [FanOut.Loader.ModuleLoadContext].Assembly.Location
if ($loaded -ne [System.IO.Path]::GetFullPath($loader)) {
    throw "This session has loaded FanOut from '$(Split-Path -Parent (Split-Path -Parent $loaded))': start a new one to import it from '$PSScriptRoot'."
}

$cmdlets = Import-Module -Assembly ([FanOut.Loader.ModuleLoadContext]::LoadModule()) -PassThru
# PowerShell keeps the inner module, and a second import of this one would find nothing new in it: it goes when this one goes.
$ExecutionContext.SessionState.Module.OnRemove = { Remove-Module $cmdlets }.GetNewClosure()
