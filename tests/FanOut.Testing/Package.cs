using System.IO.Compression;

namespace FanOut.Testing;

/// <summary>A deployment package for any runtime and processor, which does nothing when it is started.</summary>
public static class Package
{
    /// <summary>Writes one.</summary>
    /// <param name="path">Where.</param>
    /// <param name="program">What its bootstrap says; another text makes another package.</param>
    /// <returns>Where it is.</returns>
    public static string Write(string path, string program = "one")
    {
        using FileStream file = File.Create(path);
        using ZipArchive archive = new(file, ZipArchiveMode.Create);
        ZipArchiveEntry entry = archive.CreateEntry("bootstrap");
        entry.ExternalAttributes = 0b1_000_000_111_101_101 << 16;
        using (StreamWriter writer = new(entry.Open()))
        {
            writer.Write("#!/bin/sh\n# " + program);
        }

        archive.CreateEntry("bootstrap.dll");
        archive.CreateEntry("bootstrap.runtimeconfig.json");
        return path;
    }
}
