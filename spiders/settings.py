"""Scrapy's settings as this crawler runs it; what is unsafe by default is overridden here, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

VERSION = "0.1"


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """What a station says of its crawler.

    `contact` (a web address or mail address of the office) is part of the user agent: a site's owner must
    be able to ask who comes and why. `least_gap` floors every source's gap (seconds, DOMAIN.md §8.4: 10 by
    default in sources; 0 here lets a loopback demo set its own). `run_seconds` ends one visit.
    """

    contact: str = ""
    station: str = ""
    least_gap: float = 0.0
    visits: int = 64
    in_flight: int = 4
    run_seconds: float = 900.0
    robots_seconds: float = 3600.0
    memory_mb: int = 0

    @property
    def user_agent(self) -> str:
        """Who we are: program, version, office, contact. Never another browser's name."""
        about = "; ".join(filter(None, ("Caifeng public-opinion duty station", self.station, self.contact)))
        return f"Caifeng/{VERSION} ({about.encode('ascii', 'ignore').decode()})"


def scrapy_settings(settings: CrawlSettings) -> dict[str, Any]:
    """The whole difference from Scrapy's defaults.

    robots.txt, redirects, retries and cookies are decided in `crawler.py`, where their reasons are kept,
    so Scrapy's own middlewares for them are off; what no source may use (file:, ftp:, data:, s3:), opens a
    port (telnet, remote control) or reads pages a second time (meta refresh) is off as well.
    """
    return {
        "TWISTED_REACTOR_ENABLED": False,
        "DOWNLOAD_HANDLERS": {
            "http": "spiders.transport.Transport",
            "https": "spiders.transport.Transport",
            "data": None,
            "file": None,
            "ftp": None,
            "s3": None,
        },
        "USER_AGENT": settings.user_agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
        },
        "DOWNLOAD_TIMEOUT": 30,
        "DOWNLOAD_MAXSIZE": 10 << 20,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "CONCURRENT_REQUESTS": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,  # turns.py keeps the gap, across processes too
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "ROBOTSTXT_OBEY": False,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "RETRY_ENABLED": False,
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "AUTOTHROTTLE_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "MEMUSAGE_ENABLED": settings.memory_mb > 0,
        "MEMUSAGE_LIMIT_MB": settings.memory_mb,
        "LOG_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "STATS_DUMP": False,
        "DOWNLOADER_STATS": False,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
            "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,
        },
        "LOGSTATS_INTERVAL": 0,
        "EXTENSIONS": {
            "scrapy.extensions.telnet.TelnetConsole": None,
            "scrapy.extensions.remote_control.RemoteControl": None,
            "scrapy.extensions.feedexport.FeedExporter": None,
            "scrapy.extensions.logstats.LogStats": None,
        },
    }
