Describe 'The module in jobs' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $null = Register-FanOutTarget sqs copy $archive -SourceArn $orders
        $account = @{ EndpointUrl = $cloud.Endpoint; Region = 'us-east-1'; AccessKey = 'AKIATESTSOFFANOUT000'; SecretKey = 'secret' }
    }
    AfterAll { Stop-Cloud }

    It 'runs in a job of another process' {
        $target = Start-Job {
            Import-Module $using:manifest
            $account = $using:account
            Get-FanOutTarget copy @account
        } | Receive-Job -Wait -AutoRemoveJob

        $target.Id | Should -Be 'copy'
        $target.PSObject.TypeNames | Should -Contain 'Deserialized.FanOut.FanOutTarget'
    }

    It 'takes what comes out of such a job' {
        $target = Start-Job {
            Import-Module $using:manifest
            $account = $using:account
            Get-FanOutTarget copy @account
        } | Receive-Job -Wait -AutoRemoveJob

        $target | Enable-FanOutTarget
        (Get-Row copy).active.BOOL | Should -BeTrue
    }

    It 'runs in thread jobs, with the types of this session' {
        $jobs = 1..4 | ForEach-Object {
            Start-ThreadJob {
                Import-Module $using:manifest
                $account = $using:account
                Get-FanOutTarget copy @account
            }
        }
        $targets = $jobs | Receive-Job -Wait -AutoRemoveJob

        $targets.Id | Should -Be 'copy', 'copy', 'copy', 'copy'
        $targets[0] | Should -BeOfType 'FanOut.FanOutTarget'
    }

    It 'runs in ForEach-Object -Parallel' {
        $ids = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module $using:manifest
            $account = $using:account
            (Register-FanOutTarget sqs "copy-$_" $using:archive -SourceArn $using:orders @account -WarningAction SilentlyContinue).Id
        }

        $ids | Sort-Object | Should -Be (1..8 | ForEach-Object { "copy-$_" })
        @(Get-Row copy-*).Count | Should -Be 8
    }

    It 'has errors of its own in each' {
        $job = Start-ThreadJob {
            Import-Module $using:manifest
            $account = $using:account
            Get-FanOutTarget absent @account
        }
        $null = $job | Receive-Job -Wait -ErrorVariable errors -ErrorAction SilentlyContinue

        $errors.FullyQualifiedErrorId | Should -Be 'TargetNotFound,FanOut.Commands.GetFanOutTargetCommand'
        Remove-Job $job
    }
}
