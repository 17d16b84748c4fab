using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CsCheck;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Transform;

[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "What is tested is MD5.")]
public class Md5LanesTests
{
    // A tail of 55 bytes is the last that leaves room for the length, and 64 are a block.
    private static readonly Gen<int> Lengths = Gen.OneOf(Gen.Int[0, 3], Gen.Int[53, 66], Gen.Int[117, 130], Gen.Int[0, 2_000]);

    [Fact]
    public void Messages_of_any_length_get_the_digests_that_they_have_by_themselves() =>
        Lengths.SelectMany(static length => Gen.Byte.Array[length]).Array[1, Md5Lanes.Count].Sample(static messages =>
        {
            byte[] digests = new byte[messages.Length * Md5Lanes.DigestBytes];

            Md5Lanes.Hash(Array.ConvertAll(messages, static m => (ReadOnlyMemory<byte>)m), digests);

            Assert.Equal(messages.Select(static m => Convert.ToHexString(MD5.HashData(m))), digests.Chunk(Md5Lanes.DigestBytes).Select(Convert.ToHexString));
        });
}
