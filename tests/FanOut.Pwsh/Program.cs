// PowerShell as a program of its own, for tests that need a process: what else is loaded, how long an import takes, exit codes.
return Microsoft.PowerShell.UnmanagedPSEntry.Start(args, args.Length);
