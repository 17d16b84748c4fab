using System.Reflection;
using Microsoft.PowerShell;

// PowerShell itself, as a library: the script is the one that docs/getting-started.md shows in part, and runs in pwsh as well.
string script = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "Script").Value!;
string[] command = ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", script, .. args.Select(static a => a.StartsWith("--", StringComparison.Ordinal) ? a[1..] : a)];
return UnmanagedPSEntry.Start(command, command.Length);
