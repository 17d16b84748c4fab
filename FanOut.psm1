$loader = [System.IO.Path]::Combine($PSScriptRoot, 'bin', 'FanOut.Loader.dll')
if (-not [System.IO.File]::Exists($loader)) { throw "FanOut is not built yet: run 'dotnet build' in '$PSScriptRoot', then import it again." }

[void][System.Reflection.Assembly]::LoadFrom($loader)
$cmdlets = Import-Module -Assembly ([FanOut.Loader.ModuleLoadContext]::LoadModule()) -PassThru
# PowerShell keeps the inner module, and a second import of this one would find nothing new in it: it goes when this one goes.
$ExecutionContext.SessionState.Module.OnRemove = { Remove-Module $cmdlets }.GetNewClosure()
