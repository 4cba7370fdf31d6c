/* host.h - what the host knows of the process. */
#ifndef SHEAF_SCRIPT_HOST_H
#define SHEAF_SCRIPT_HOST_H

#include <stdatomic.h>

/* Not 0 once SIGINT came; see catch_interrupt. Any thread may look at it. */
atomic_int *sheaf_interrupt_flag(void);

#endif
