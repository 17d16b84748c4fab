// PowerShell as a program, for tests that need a process where "dotnet tool restore" has not brought one: what is loaded, exit codes.
return Microsoft.PowerShell.UnmanagedPSEntry.Start(args, args.Length);
