using FanOut.Packing;

namespace FanOut.Tests.Packing;

public sealed class ThirdPartyNoticesTests
{
    private static readonly RestoredPackage Apache = new("Sdk.Core", "4.0.1", "Apache-2.0", "Some Services", "https://example.com/sdk", new Dictionary<string, string>());
    private static readonly RestoredPackage Mit = new("Cache", "3.1.0", "MIT", "2014 - 2026 Somebody", "", new Dictionary<string, string>());
    private static readonly RestoredPackage Base = new("Base.A", "10.0.1", "MIT", "© Base Corporation.", "", new Dictionary<string, string> { ["NOTICES.TXT"] = "Parts are of others." });
    private static readonly RestoredPackage Other = Base with { Id = "Base.B" };

    [Fact]
    public void Each_package_is_named_with_its_version_its_licence_and_its_owner()
    {
        string text = ThirdPartyNotices.Of([Apache, Mit, Base, Other]);

        Assert.Contains("Sdk.Core 4.0.1\n    Apache-2.0; Some Services\n    https://example.com/sdk\n", text, StringComparison.Ordinal);
        Assert.Contains("Apache-2.0, the licence of Sdk.Core 4.0.1\n", text, StringComparison.Ordinal);
        Assert.Contains("MIT, the licence of Base.A 10.0.1, Base.B 10.0.1, Cache 3.1.0\n", text, StringComparison.Ordinal);
        Assert.Contains("Copyright © Base Corporation.\nCopyright (c) 2014 - 2026 Somebody\n\nPermission is hereby granted", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2014 Somebody", "Copyright (c) 2014 Somebody")]
    [InlineData("© Somebody", "Copyright © Somebody")]
    [InlineData("Copyright (c) Somebody", "Copyright (c) Somebody")]
    public void A_copyright_is_said_once(string owner, string line) =>
        Assert.Contains($"\n\n{line}\n\nPermission", ThirdPartyNotices.Of([Mit with { Copyright = owner }]), StringComparison.Ordinal);

    [Fact]
    public void A_text_that_several_packages_hold_is_there_once()
    {
        string text = ThirdPartyNotices.Of([Base, Other]);

        Assert.Equal(2, text.Split("Parts are of others.").Length);
        Assert.Contains("NOTICES.TXT of Base.A 10.0.1, Base.B 10.0.1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_in_which_packages_come_changes_nothing_nor_does_one_that_comes_twice() =>
        Assert.Equal(ThirdPartyNotices.Of([Apache, Mit, Base, Other]), ThirdPartyNotices.Of([Other, Base, Mit, Apache, Mit]));

    [Fact]
    public void A_licence_whose_text_is_nowhere_is_an_error()
    {
        RestoredPackage unknown = Mit with { Licence = "BSD-3-Clause" };

        Assert.Equal("Cache 3.1.0 names the licence BSD-3-Clause, and does not hold its text: add it to FanOut.Packing.", Assert.Throws<PackingException>(() => ThirdPartyNotices.Of([unknown])).Message);
        Assert.Contains("its own words", ThirdPartyNotices.Of([unknown with { Texts = new Dictionary<string, string> { ["LICENSE"] = "its own words" } }]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_restored_package_is_read_with_its_texts()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(
            Path.Join(folder.Path, "some.nuspec"),
            """
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>Some</id><version>1.0.0</version><authors>Its authors</authors>
            <license type="file">terms.md</license><projectUrl>https://example.com/some</projectUrl></metadata></package>
            """);
        foreach (string file in new[] { "terms.md", "THIRD-PARTY-NOTICES.TXT", "README.md" })
        {
            File.WriteAllText(Path.Join(folder.Path, file), file + "\r\n");
        }

        RestoredPackage package = RestoredPackage.Read(folder.Path);

        Assert.Equal(("Some 1.0.0", null, "Its authors", "https://example.com/some"), ($"{package}", package.Licence, package.Copyright, package.Project));
        Assert.Equal(["THIRD-PARTY-NOTICES.TXT", "terms.md"], package.Texts.Keys);
        Assert.Equal("terms.md", package.Texts["terms.md"]);
        Assert.Contains("dotnet restore", Assert.Throws<PackingException>(() => RestoredPackage.Read(Path.Join(folder.Path, "absent"))).Message, StringComparison.Ordinal);
    }
}
