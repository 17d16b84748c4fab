using FanOut.Packing;

// Exit codes: 0 written, 2 the command line cannot be used. Errors have the form that MSBuild shows as its own.
if (args is not [var zip, _, ..] || args.Skip(1).FirstOrDefault(static f => !File.Exists(f)) is not null)
{
    await Console.Error.WriteLineAsync("FanOut.Packing : error PACK001: Usage: FanOut.Packing PACKAGE.zip FILE…; the files must be there.").ConfigureAwait(false);
    return 2;
}

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(zip))!);
using var buffer = new MemoryStream();
PackageZip.Write(buffer, args.Skip(1).Select(static f => (Path.GetFileName(f), File.ReadAllBytes(f))));
await File.WriteAllBytesAsync(zip, buffer.ToArray()).ConfigureAwait(false);
Console.WriteLine($"{Path.GetFileName(zip)}: {buffer.Length:N0} bytes");
return 0;
